package io.inkstone.diffusion;

import org.bytedeco.pytorch.Tensor;

/** Told about a sampler's way. The tensor dies with the step: copy what should stay. */
@FunctionalInterface
public interface SamplingListener {
    SamplingListener NONE = (step, from, noisy) -> {};

    /**
     * @param step steps done so far, from 1
     * @param from the level that this step left
     * @param noisy pictures after the step [N, C, H, W], unclamped
     */
    void stepped(int step, Level from, Tensor noisy);
}
