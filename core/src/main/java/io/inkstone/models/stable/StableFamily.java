package io.inkstone.models.stable;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.layers.Initializer;
import io.inkstone.models.DataForm;
import io.inkstone.models.Family;
import io.inkstone.models.foreign.Foreign;
import io.inkstone.models.foreign.Imported;
import java.util.Optional;

/** Stable Diffusion: the U-Net is the network of a run, everything else its parts. */
public final class StableFamily implements Family<StableSettings> {
    /** As recipes write it. */
    public static final String NAME = "stable-diffusion";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Class<StableSettings> settingsType() {
        return StableSettings.class;
    }

    @Override
    public StableSettings defaults() {
        return StableSettings.PUBLISHED;
    }

    @Override
    public StableSettings fitted(StableSettings settings, DataForm data) {
        if (data.channels() != 3) {
            throw new InputException(Words.of(
                    "Stable Diffusion draws colour pictures, and the data has %d channel: leave data.channels at 3.",
                    data.channels()));
        }
        return settings;
    }

    @Override
    public StableModel build(Initializer init, StableSettings settings, DataForm data) {
        return new StableModel(StableNetworks.of(init, settings), data.size());
    }

    /** A folder or a file of Stable Diffusion holds more than a network: it is imported whole, another way. */
    @Override
    public Optional<Imported<StableSettings>> recognise(Foreign file, StableSettings settings) {
        return Optional.empty();
    }
}
