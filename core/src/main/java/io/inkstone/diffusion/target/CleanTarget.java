package io.inkstone.diffusion.target;

import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Target;

/** x₀-prediction (Ho et al. 2020, section 3.2): the network answers the clean picture itself. */
public record CleanTarget() implements Target {
    @Override
    public Mix answer(Level level) {
        return new Mix(1, 0);
    }
}
