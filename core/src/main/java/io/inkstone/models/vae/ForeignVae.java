package io.inkstone.models.vae;

import io.inkstone.Words;
import io.inkstone.models.DataForm;
import io.inkstone.models.foreign.Foreign;
import io.inkstone.models.foreign.Imported;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What the shapes of a {@link VaeNetwork} tell: all but the last activation and, between two powers of two, the side; and
 * of a {@link DenseVaeNetwork}: all but the last activation and the channels.
 */
final class ForeignVae {
    private static final int MOST_LEVELS = 16;
    private static final String LABEL = "encoder_context.drawing.weight";

    private ForeignVae() {}

    static Optional<Imported<VaeSettings>> recognise(Foreign file, VaeSettings settings) {
        if (file.holds("encoder.0.weight", "mean_linear.weight", "var_linear.weight", "decoder.0.weight")) {
            return Optional.of(dense(file, settings));
        }
        if (!file.holds("encoder.0.0.weight", "mean_linear.weight", "decoder_projection.weight")) {
            return Optional.empty();
        }
        List<Integer> channels = channels(file);
        VaeSettings.ModelGroup model = settings.model();
        int latent = file.size("mean_linear.weight", 0, model.latent());
        boolean conditional = file.holds(LABEL);
        int classes = conditional ? file.size(LABEL, 1, file.data().classes().size()) : 0;
        String last = Words.of("decoder.%d.3.weight", channels.size() - 1);
        return Optional.of(new Imported<>(
                new VaeSettings(
                        new VaeSettings.ModelGroup(channels, List.of(), latent, model.output(), conditional),
                        settings.objective()),
                new DataForm(
                        file.size(last, 0, file.data().channels()),
                        side(file, channels, conditional),
                        conditional ? file.classes(classes) : file.data().classes()),
                file.weights()));
    }

    /** Linear layers at even places, activations between them. */
    private static Imported<VaeSettings> dense(Foreign file, VaeSettings settings) {
        List<Integer> hidden = new ArrayList<>();
        for (int level = 0; level < MOST_LEVELS && file.holds("encoder." + 2 * level + ".weight"); level++) {
            hidden.add(file.size("encoder." + 2 * level + ".weight", 0, 1));
        }
        VaeSettings.ModelGroup model = settings.model();
        int latent = file.size("mean_linear.weight", 0, model.latent());
        int classes = Math.max(0, file.size("decoder.0.weight", 1, latent) - latent);
        int channels = file.data().channels();
        int own = file.data().side();
        int values = file.size("decoder." + 2 * hidden.size() + ".weight", 0, channels * own * own);
        return new Imported<>(
                new VaeSettings(
                        new VaeSettings.ModelGroup(List.of(), hidden, latent, model.output(), classes > 0),
                        settings.objective()),
                new DataForm(
                        channels,
                        Foreign.squareSide(values / channels, own),
                        classes > 0 ? file.classes(classes) : file.data().classes()),
                file.weights());
    }

    private static List<Integer> channels(Foreign file) {
        List<Integer> channels = new ArrayList<>();
        for (int level = 0; level < MOST_LEVELS && file.holds("encoder." + level + ".0.weight"); level++) {
            channels.add(file.size("encoder." + level + ".0.weight", 0, 1));
        }
        return channels;
    }

    /** A drawn label has the picture's side; else the innermost side s leaves (s−1)·2^k < side ≤ s·2^k. */
    private static int side(Foreign file, List<Integer> channels, boolean conditional) {
        int own = file.data().side();
        if (conditional) {
            return Foreign.squareSide(file.size(LABEL, 0, own * own), own);
        }
        int depth = channels.size();
        int features = file.size("mean_linear.weight", 1, 0);
        int innermost = Foreign.squareSide(features / channels.get(depth - 1), 0);
        boolean fits = (own + (1 << depth) - 1) >> depth == innermost;
        return fits || innermost == 0 ? own : innermost << depth;
    }
}
