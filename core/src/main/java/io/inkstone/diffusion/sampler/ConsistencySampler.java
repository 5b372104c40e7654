package io.inkstone.diffusion.sampler;

import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Noise;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Multistep consistency sampling (Song et al. 2023, algorithm 1) on any path: the guess is already a picture; each further step
 * adds fresh noise to it and guesses again, x_s = α_s·clean + σ_s·z. For networks that were trained to answer where the whole
 * way from a level ends; with others one step gives the mean of all pictures.
 */
public record ConsistencySampler() implements SingleStepSampler {
    @Override
    public Tensor step(Tensor noisy, Tensor clean, Level from, Level to, Noise noise) {
        Tensor guess = Tensors.scale(clean, to.alpha());
        return to.sigma() == 0 ? guess : guess.add_(noise.next(noisy.shape()), new Scalar(to.sigma()));
    }
}
