package io.inkstone.diffusion.sampler;

import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Noise;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Heun's method (Karras et al. 2022, algorithm 1) on any path: the way is dx = clean·dα + ε·dσ; a step of Euler's method looks
 * ahead, and the mean of the guesses at both ends makes the step. Second order for two looks at the model a step; the last
 * step to the clean picture is Euler's and needs one. In σ on the path of EDM, in t on the straight path.
 */
public record HeunSampler() implements Sampler {
    private static final DdimSampler EULER = new DdimSampler(0);

    @Override
    public Tensor sample(Denoiser denoiser, Tensor start, List<Level> grid, Noise noise, SamplingListener listener) {
        return Walk.along(grid, start, listener, (noisy, from, to) -> step(denoiser, noisy, from, to, noise));
    }

    private static Tensor step(Denoiser denoiser, Tensor noisy, Level from, Level to, Noise noise) {
        Tensor clean = denoiser.clean(noisy, from);
        Tensor ahead = EULER.step(noisy, clean, from, to, noise);
        if (to.sigma() == 0) {
            return ahead;
        }
        Tensor corrected = denoiser.clean(ahead, to);
        double signal = (to.alpha() - from.alpha()) / 2;
        double spread = (to.sigma() - from.sigma()) / 2;
        // x + signal·(clean + clean') + spread·(ε + ε') with ε = (x − α·clean)/σ at either end.
        double here = spread / from.sigma();
        double there = spread / to.sigma();
        return Tensors.combine(1 + here, noisy, signal - here * from.alpha(), clean)
                .add_(ahead, new Scalar(there))
                .add_(corrected, new Scalar(signal - there * to.alpha()));
    }
}
