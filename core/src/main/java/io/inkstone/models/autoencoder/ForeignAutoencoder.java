package io.inkstone.models.autoencoder;

import io.inkstone.models.DataForm;
import io.inkstone.models.Foreign;
import io.inkstone.models.Imported;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.WeightSet;
import io.inkstone.weights.layout.AutoencoderSizes;
import io.inkstone.weights.layout.AutoencoderWeights;
import io.inkstone.weights.layout.DiffusersConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What the shapes of an {@link AutoencoderNetwork} tell, under any names that releases of it use: all but the side. */
final class ForeignAutoencoder {
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
        int groups =
                config.map(DiffusersConfig::normGroups).orElse(settings.model().groups());
        return Optional.of(new Imported<>(
                new AutoencoderSettings(
                        new AutoencoderSettings.ModelGroup(
                                sizes.width(),
                                sizes.multipliers(),
                                sizes.latent(),
                                groups,
                                settings.model().checkpointing()),
                        settings.objective()),
                new DataForm(sizes.channels(), file.data().side(), file.data().classes()),
                config.map(found -> scaled(read.weights(), found)).orElse(read.weights())));
    }

    /** The scale that a configuration names, kept where runs keep theirs. */
    private static WeightSet scaled(WeightSet weights, DiffusersConfig config) {
        config.requireUsable();
        Map<String, String> metadata = new TreeMap<>(weights.metadata());
        metadata.put(WeightFile.LATENT_SCALE, String.valueOf(config.scale()));
        List<String> notes = new ArrayList<>(weights.notes());
        if (config.shift() != 0) {
            notes.add("config.json also names a shift_factor of %s for latents; runs keep only the scale."
                    .formatted(config.shift()));
        }
        return new WeightSet(weights.tensors(), metadata, notes);
    }
}
