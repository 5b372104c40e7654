package io.inkstone.models;

import io.inkstone.layers.Initializer;
import io.inkstone.models.foreign.Foreign;
import io.inkstone.models.foreign.Imported;
import java.util.Optional;

/**
 * A family of models: what the key {@code system} of a recipe names.
 *
 * @param <S> its part of a recipe, a record whose components are groups of keys ({@code model}, {@code diffusion},
 *     {@code objective})
 */
public interface Family<S> {
    /** As recipes write it. */
    String name();

    Class<S> settingsType();

    /** Every key with its default. */
    S defaults();

    /** The same settings with everything that was left to the data filled in. */
    S fitted(S settings, DataForm data);

    /**
     * The same settings with everything decided that would else be decided by what the machine offers, so that a run goes
     * on elsewhere as it began.
     *
     * @param settings fitted to {@code data}
     */
    default S decided(S settings, DataForm data, TrainingPass pass) {
        return settings;
    }

    /** Refuses with a sentence what cannot be built. */
    Model build(Initializer init, S settings, DataForm data);

    /**
     * Reads off weights from elsewhere what their shapes determine; empty if the names are not those of this family's
     * networks.
     *
     * @param settings of the recipe: what shapes cannot tell stays as it is there
     */
    Optional<Imported<S>> recognise(Foreign file, S settings);
}
