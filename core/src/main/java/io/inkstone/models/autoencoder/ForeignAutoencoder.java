package io.inkstone.models.autoencoder;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.DataForm;
import io.inkstone.models.foreign.Foreign;
import io.inkstone.models.foreign.Imported;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.WeightSet;
import io.inkstone.weights.layout.AutoencoderNames;
import io.inkstone.weights.layout.AutoencoderSizes;
import io.inkstone.weights.layout.AutoencoderWeights;
import io.inkstone.weights.layout.DiffusersConfig;
import io.inkstone.weights.layout.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the shapes of an {@link AutoencoderNetwork} tell, under any names that releases of it use: all but the side. */
final class ForeignAutoencoder {
    private static final int PUBLISHED_GROUPS = 32;
    private static final String GROUPS = "model.groups";

    private ForeignAutoencoder() {}

    static Optional<Imported<AutoencoderSettings>> recognise(Foreign file, AutoencoderSettings settings) {
        if (!AutoencoderWeights.recognises(file.weights())) {
            return Optional.empty();
        }
        AutoencoderWeights read = AutoencoderWeights.read(file.weights());
        AutoencoderSizes sizes = read.sizes();
        if (sizes.blocks() != AutoencoderNames.PUBLISHED_BLOCKS) {
            throw new InputException(Words.of(
                    "This autoencoder has %d residual blocks a level; runs have %d. Draw from it inside its Stable Diffusion folder.",
                    sizes.blocks(), AutoencoderNames.PUBLISHED_BLOCKS));
        }
        Optional<DiffusersConfig> config = Optional.ofNullable(
                        read.weights().metadata().get(WeightFile.CONFIG))
                .map(DiffusersConfig::parse);
        Groups groups = config.map(found -> new Groups(found.normGroups(), false))
                .orElseGet(() -> groups(read, file, settings.model().groups()));
        WeightSet weights = config.map(found -> scaled(read.weights(), found)).orElse(read.weights());
        return Optional.of(new Imported<>(
                new AutoencoderSettings(
                        new AutoencoderSettings.ModelGroup(
                                sizes.width(),
                                sizes.multipliers(),
                                sizes.latent(),
                                groups.count(),
                                true,
                                true,
                                settings.model().checkpointing()),
                        settings.objective()),
                new DataForm(sizes.channels(), file.data().size(), file.data().classes()),
                groups.assumed() ? noted(weights) : weights,
                groups.assumed() ? Set.of(GROUPS) : Set.of()));
    }

    /** Into how many groups norms divide their channels, and whether nobody said so. */
    private record Groups(int count, boolean assumed) {}

    /**
     * Groups of the norms, which no shape tells: our exports name them; then what was set on purpose holds; releases under
     * others' names have 32, and a file under our names that says nothing has the recipe's.
     */
    private static Groups groups(AutoencoderWeights read, Foreign file, int own) {
        String named = read.weights().metadata().get(WeightFile.NORM_GROUPS);
        if (named != null && named.matches("[1-9]\\d{0,5}")) {
            return new Groups(Integer.parseInt(named), false);
        }
        boolean ours = read.layout() == Layout.INKSTONE || file.said().contains(GROUPS);
        return ours ? new Groups(own, false) : new Groups(PUBLISHED_GROUPS, true);
    }

    private static WeightSet noted(WeightSet weights) {
        List<String> notes = new ArrayList<>(weights.notes());
        notes.add(Words.of(
                "Nothing says into how many groups the norms divide their channels; %d are assumed, as releases under such names have (%s says otherwise).",
                PUBLISHED_GROUPS, GROUPS));
        return new WeightSet(weights.tensors(), weights.metadata(), notes);
    }

    /** The scale that a configuration names, kept where runs keep theirs. */
    private static WeightSet scaled(WeightSet weights, DiffusersConfig config) {
        config.requireUsable();
        Map<String, String> metadata = new TreeMap<>(weights.metadata());
        metadata.put(WeightFile.LATENT_SCALE, String.valueOf(config.scale()));
        List<String> notes = new ArrayList<>(weights.notes());
        if (config.shift() != 0) {
            notes.add(Words.of(
                    "config.json also names a shift_factor of %s for latents; runs keep only the scale.",
                    config.shift()));
        }
        return new WeightSet(weights.tensors(), metadata, notes);
    }
}
