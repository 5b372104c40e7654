package io.inkstone.serve;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.image.Size;
import io.inkstone.models.Model;
import java.util.Optional;

/** The size of pictures in the words of the image API: {@code auto}, or {@code 512x768}, width first. */
final class PictureSize {
    private static final String AUTO = "auto";

    private PictureSize() {}

    /** The size that is meant; refuses what the model does not draw. */
    static Size of(Optional<String> said, Model model) {
        Size own = model.pictures().size();
        if (said.isEmpty() || said.get().equals(AUTO)) {
            return own;
        }
        try {
            return model.sizes().require("This model", Size.parse(said.get()));
        } catch (InputException wrong) {
            throw ApiError.invalid(
                    "size", Words.of("size: %s Say auto, or its own size %s.", wrong.getMessage(), own.words()));
        }
    }
}
