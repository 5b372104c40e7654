package io.inkstone.diffusion;

import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/** Fresh standard normal numbers for samplers that add noise on their way. */
@FunctionalInterface
public interface Noise {
    /** The next draw, of the given shape [N, C, H, W]. */
    Tensor next(long... shape);

    /** Clean pictures [N, C, H, W] as they are at {@code level}: α·clean + σ·noise. */
    default Tensor on(Tensor clean, Level level) {
        return Tensors.combine(level.alpha(), clean, level.sigma(), next(clean.shape()));
    }
}
