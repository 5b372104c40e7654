package io.inkstone.diffusion.sampler;

import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Noise;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.SamplingListener;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** Samplers that need one look at the model a step and no memory: they only say how to go from one level to the next. */
public interface SingleStepSampler extends Sampler {
    /**
     * @param noisy pictures at {@code from}
     * @param clean the model's guess for them
     * @return pictures at {@code to}, in a tensor of their own
     */
    Tensor step(Tensor noisy, Tensor clean, Level from, Level to, Noise noise);

    @Override
    default Tensor sample(Denoiser denoiser, Tensor start, List<Level> grid, Noise noise, SamplingListener listener) {
        return Walk.along(
                grid, start, listener, (noisy, from, to) -> step(noisy, denoiser.clean(noisy, from), from, to, noise));
    }
}
