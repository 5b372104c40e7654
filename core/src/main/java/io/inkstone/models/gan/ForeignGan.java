package io.inkstone.models.gan;

import io.inkstone.models.DataForm;
import io.inkstone.models.dnn.ForeignGenerator;
import io.inkstone.models.dnn.LatentGenerator;
import io.inkstone.models.foreign.Foreign;
import io.inkstone.models.foreign.Imported;
import java.util.Optional;

/** What the shapes of a {@link GanNetwork} tell: everything, for only a conditional discriminator draws the label. */
final class ForeignGan {
    private static final String LABEL = "discriminator.context.drawing.weight";

    private ForeignGan() {}

    static Optional<Imported<GanSettings>> recognise(Foreign file, GanSettings settings) {
        if (!file.holds("generator.fc.0.weight", "generator.deconv.0.weight")) {
            return Optional.empty();
        }
        boolean conditional = file.holds(LABEL);
        int classes = conditional ? file.size(LABEL, 1, file.data().classes().size()) : 0;
        LatentGenerator.Shape shape =
                ForeignGenerator.shape(file, "generator.", settings.model().latent(), classes);
        boolean spectral = file.holds("discriminator.conv.0.weight_orig");
        return Optional.of(new Imported<>(
                new GanSettings(new GanSettings.ModelGroup(shape.latent(), conditional, spectral)),
                new DataForm(
                        shape.channels(),
                        shape.side(),
                        conditional ? file.classes(classes) : file.data().classes()),
                file.weights()));
    }
}
