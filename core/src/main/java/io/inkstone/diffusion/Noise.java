package io.inkstone.diffusion;

import org.bytedeco.pytorch.Tensor;

/** Fresh standard normal numbers for samplers that add noise on their way. */
@FunctionalInterface
public interface Noise {
    /** The next draw, of the given shape [N, C, H, W]. */
    Tensor next(long... shape);
}
