package io.inkstone.models;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.autoencoder.AutoencoderFamily;
import io.inkstone.models.classifier.ClassifierFamily;
import io.inkstone.models.diffusion.DiffusionFamily;
import io.inkstone.models.dnn.DnnFamily;
import io.inkstone.models.foreign.Foreign;
import io.inkstone.models.foreign.MissingShortcut;
import io.inkstone.models.gan.GanFamily;
import io.inkstone.models.latent.LatentDiffusionFamily;
import io.inkstone.models.scheduled.ScheduledFamily;
import io.inkstone.models.stable.StableFamily;
import io.inkstone.models.vae.VaeFamily;
import io.inkstone.weights.WeightSet;
import java.util.List;
import java.util.Optional;

/** All families, in the order in which they are listed. */
public final class Families {
    private static final List<Family<?>> ALL = List.of(
            new DnnFamily(),
            new GanFamily(),
            new VaeFamily(),
            new AutoencoderFamily(),
            new DiffusionFamily(),
            new LatentDiffusionFamily(),
            new ClassifierFamily(),
            new ScheduledFamily(),
            new StableFamily());

    private Families() {}

    public static Family<?> named(String name) {
        return ALL.stream()
                .filter(family -> family.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException(Words.of(
                        "There is no system '%s'. Known: %s.",
                        name, String.join(", ", ALL.stream().map(Family::name).toList()))));
    }

    /** The families whose networks have such names, whatever else may be wrong with the weights. */
    public static List<String> recognising(WeightSet weights) {
        Foreign file = file(weights);
        return ALL.stream()
                .filter(family -> recognises(family, file))
                .map(Family::name)
                .toList();
    }

    /** Whether the networks of family {@code system} have such names. */
    public static boolean recognises(String system, WeightSet weights) {
        return recognises(named(system), file(weights));
    }

    private static Foreign file(WeightSet weights) {
        return new Foreign(weights, new DataForm(3, 64, List.of()), Optional.of(MissingShortcut.ZERO));
    }

    private static <S> boolean recognises(Family<S> family, Foreign file) {
        try {
            return family.recognise(file, family.defaults()).isPresent();
        } catch (InputException known) {
            return true;
        }
    }
}
