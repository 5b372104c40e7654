package io.inkstone.diffusion;

import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** A way from noise to pictures along a grid of levels. Pure: everything it needs comes in, nothing is remembered. */
public interface Sampler {
    /**
     * @param denoiser the model, dressed and guided
     * @param start pictures at the grid's first level [N, C, H, W]
     * @param grid descending levels, the last one clean
     * @param noise fresh noise, for samplers that use it
     * @param listener told after every step
     * @return clean pictures, unclamped
     */
    Tensor sample(Denoiser denoiser, Tensor start, List<Level> grid, Noise noise, SamplingListener listener);
}
