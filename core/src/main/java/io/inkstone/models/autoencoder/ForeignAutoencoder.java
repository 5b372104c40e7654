package io.inkstone.models.autoencoder;

import io.inkstone.Words;
import io.inkstone.models.DataForm;
import io.inkstone.models.Foreign;
import io.inkstone.models.Imported;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.WeightSet;
import io.inkstone.weights.layout.AutoencoderSizes;
import io.inkstone.weights.layout.AutoencoderWeights;
import io.inkstone.weights.layout.DiffusersConfig;
import io.inkstone.weights.layout.Layout;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the shapes of an {@link AutoencoderNetwork} tell, under any names that releases of it use: all but the side. */
final class ForeignAutoencoder {
    private static final int PUBLISHED_GROUPS = 32;

    private ForeignAutoencoder() {}

    static Optional<Imported<AutoencoderSettings>> recognise(Foreign file, AutoencoderSettings settings) {
        if (!AutoencoderWeights.recognises(file.weights())) {
            return Optional.empty();
        }
        AutoencoderWeights read = AutoencoderWeights.read(file.weights());
        AutoencoderSizes sizes = read.sizes();
        Optional<DiffusersConfig> config = Optional.ofNullable(
                        read.weights().metadata().get(WeightFile.CONFIG))
                .map(DiffusersConfig::parse);
        int groups = config.map(DiffusersConfig::normGroups)
                .orElseGet(() -> groups(read, settings.model().groups()));
        return Optional.of(new Imported<>(
                new AutoencoderSettings(
                        new AutoencoderSettings.ModelGroup(
                                sizes.width(),
                                sizes.multipliers(),
                                sizes.latent(),
                                groups,
                                true,
                                true,
                                settings.model().checkpointing()),
                        settings.objective()),
                new DataForm(sizes.channels(), file.data().side(), file.data().classes()),
                config.map(found -> scaled(read.weights(), found)).orElse(read.weights())));
    }

    /**
     * Groups of the norms, which no shape tells: our exports name them, releases under others' names have 32, and a file
     * under our names that says nothing has the recipe's.
     */
    private static int groups(AutoencoderWeights read, int own) {
        String named = read.weights().metadata().get(WeightFile.NORM_GROUPS);
        if (named != null && named.matches("[1-9]\\d{0,5}")) {
            return Integer.parseInt(named);
        }
        return read.layout() == Layout.INKSTONE ? own : PUBLISHED_GROUPS;
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
