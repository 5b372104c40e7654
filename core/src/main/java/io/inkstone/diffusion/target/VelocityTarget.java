package io.inkstone.diffusion.target;

import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Target;

/**
 * v-prediction (Salimans and Ho 2022, appendix D): v = α·noise − σ·clean, so that clean = (α·noisy − σ·v)/(α² + σ²); the
 * divisor is 1 on variance-preserving paths.
 */
public record VelocityTarget() implements Target {
    @Override
    public Mix answer(Level level) {
        return new Mix(-level.sigma(), level.alpha());
    }
}
