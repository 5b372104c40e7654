package io.inkstone.models.diffusion;

import io.inkstone.models.DataForm;
import io.inkstone.models.foreign.Foreign;
import io.inkstone.models.foreign.Imported;
import io.inkstone.models.unet.ModernUnet;
import java.util.List;
import java.util.Optional;

/** What the shapes of a {@link ModernUnet} tell: width, channels and classes; levels and blocks are the recipe's. */
final class ForeignModernUnet {
    private ForeignModernUnet() {}

    static Optional<Imported<DiffusionSettings>> recognise(Foreign file, DiffusionSettings settings) {
        if (!file.holds("stem.weight", "label.weight", "middle.0.conv1.weight")) {
            return Optional.empty();
        }
        DiffusionSettings.ModelGroup model = settings.model();
        int patch = model.modern().patch();
        int squares = file.size("stem.weight", 1, file.data().channels());
        int channels = squares / (patch * patch);
        List<String> classes = ForeignUnet.classes(file, "label.weight");
        DiffusionSettings.ModelGroup found = model.with(
                        NetworkChoice.MODERN, file.size("stem.weight", 0, model.width()))
                .withConditional(model.conditional() && !classes.isEmpty());
        return Optional.of(new Imported<>(
                settings.with(found),
                new DataForm(
                        channels == 1 || channels == 3 ? channels : file.data().channels(),
                        file.data().size(),
                        classes),
                file.weights()));
    }
}
