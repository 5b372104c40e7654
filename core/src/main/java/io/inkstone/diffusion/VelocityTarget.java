package io.inkstone.diffusion;

import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * v-prediction (Salimans and Ho 2022, appendix D): v = α·noise − σ·clean, so that clean = (α·noisy − σ·v)/(α² + σ²); the
 * divisor is 1 on variance-preserving paths.
 */
public record VelocityTarget() implements Target {
    @Override
    public Tensor of(Tensor clean, Tensor noise, Tensor alpha, Tensor sigma) {
        return noise.mul(alpha).sub(clean.mul(sigma));
    }

    @Override
    public Tensor clean(Tensor output, Tensor noisy, Level level) {
        double square = level.alpha() * level.alpha() + level.sigma() * level.sigma();
        return Tensors.combine(level.alpha() / square, noisy, -level.sigma() / square, output);
    }
}
