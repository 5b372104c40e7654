package io.inkstone.serve;

import io.inkstone.models.Model;
import java.util.Optional;

/** The size of pictures in the words of the image API: {@code auto}, or {@code 64x64}, width first. */
final class PictureSize {
    private static final String AUTO = "auto";

    private PictureSize() {}

    /** As {@code WIDTHxHEIGHT}. */
    static String of(Model model) {
        int side = model.pictures().side();
        return side + "x" + side;
    }

    /** Refuses a size that the model does not draw. */
    static void require(Optional<String> said, Model model) {
        if (said.isPresent() && !said.get().equals(AUTO) && !said.get().equals(of(model))) {
            throw ApiError.invalid(
                    "size",
                    "This model draws pictures of %s: say that, or auto; got '%s'.".formatted(of(model), said.get()));
        }
    }
}
