package io.inkstone.diffusion.scheduler;

import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Noise;
import io.inkstone.diffusion.sampler.SingleStepSampler;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;

/**
 * DDIM as diffusers does it with {@code clip_sample}: the clean guess is held inside ±range, and the noise that goes on is that of
 * the guess before it was held. ({@link io.inkstone.diffusion.sampler.DdimSampler} around a held denoiser lets the noise follow
 * the held guess.)
 *
 * @param eta share of fresh noise, 0 to 1
 * @param range of the held guess
 */
record HeldDdim(double eta, double range) implements SingleStepSampler {
    @Override
    public Tensor step(Tensor noisy, Tensor clean, Level from, Level to, Noise noise) {
        double fresh = eta * to.sigma() / from.sigma() * Math.sqrt(from.varianceSince(to));
        double kept = Math.sqrt(Math.max(0, to.sigma() * to.sigma() - fresh * fresh)) / from.sigma();
        Tensor direction = Tensors.combine(kept, noisy, -kept * from.alpha(), clean);
        Tensor held = clean.clamp(new ScalarOptional(new Scalar(-range)), new ScalarOptional(new Scalar(range)));
        Tensor next = direction.add_(held, new Scalar(to.alpha()));
        return fresh == 0 ? next : next.add_(noise.next(noisy.shape()), new Scalar(fresh));
    }
}
