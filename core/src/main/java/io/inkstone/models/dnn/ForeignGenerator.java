package io.inkstone.models.dnn;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.DataForm;
import io.inkstone.models.foreign.Foreign;
import io.inkstone.models.foreign.Imported;
import java.util.List;
import java.util.Optional;

/** What the shapes of a {@link LatentGenerator} tell. */
public final class ForeignGenerator {
    private ForeignGenerator() {}

    /** The number of classes cannot be told from that of latent values: it is the recipe's. */
    static Optional<Imported<DnnSettings>> recognise(Foreign file, DnnSettings settings) {
        if (!file.holds("fc.0.weight", "deconv.0.weight")) {
            return Optional.empty();
        }
        boolean conditional =
                settings.model().conditional() && !file.data().classes().isEmpty();
        List<String> classes = conditional ? file.data().classes() : List.of();
        LatentGenerator.Shape shape = shape(file, "", settings.model().latent(), classes.size());
        return Optional.of(new Imported<>(
                new DnnSettings(new DnnSettings.ModelGroup(shape.latent(), conditional)),
                new DataForm(shape.channels(), shape.side(), file.data().classes()),
                file.weights()));
    }

    /**
     * The sizes of a generator.
     *
     * @param prefix of its names
     * @param latent where the file does not tell
     * @param classes how many of its inputs are the label
     */
    public static LatentGenerator.Shape shape(Foreign file, String prefix, int latent, int classes) {
        int inputs = file.size(prefix + "fc.0.weight", 1, latent + classes);
        if (inputs <= classes) {
            throw new InputException(Words.of(
                            "%sfc.0.weight takes %d inputs, which leaves no latent beside the recipe's %d classes: say how many there are (data.classes, a name each) or that there are none (model.conditional false).",
                            prefix, inputs, classes))
                    .about("data.classes=[a,b]", "model.conditional=false");
        }
        int quarter = file.data().side() / 4;
        int area = file.size(prefix + "fc.3.weight", 0, 0) / LatentGenerator.MAPS;
        return new LatentGenerator.Shape(
                inputs - classes,
                classes,
                file.size(prefix + "deconv.3.weight", 1, file.data().channels()),
                4 * (area == 0 ? quarter : Foreign.squareSide(area, quarter)));
    }
}
