package io.inkstone.diffusion.target;

import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Target;

/**
 * The direction from the clean picture to the noise, noise − clean (Liu et al. 2023, eq. 1), so that clean = (noisy −
 * σ·answer)/(α + σ); the divisor is 1 on the straight path.
 */
public record FlowTarget() implements Target {
    @Override
    public Mix answer(Level level) {
        return new Mix(-1, 1);
    }
}
