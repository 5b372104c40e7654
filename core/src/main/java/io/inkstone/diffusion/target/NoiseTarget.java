package io.inkstone.diffusion.target;

import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Target;

/** ε-prediction (Ho et al. 2020, eq. 14): clean = (noisy − σ·ε)/α, singular where α = 0. */
public record NoiseTarget() implements Target {
    @Override
    public Mix answer(Level level) {
        return new Mix(0, 1);
    }
}
