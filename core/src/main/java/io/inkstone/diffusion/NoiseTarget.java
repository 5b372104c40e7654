package io.inkstone.diffusion;

import io.inkstone.InputException;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/** ε-prediction (Ho et al. 2020, eq. 14): clean = (noisy − σ·ε)/α, singular where α = 0. */
public record NoiseTarget() implements Target {
    @Override
    public Tensor of(Tensor clean, Tensor noise, Tensor alpha, Tensor sigma) {
        return noise;
    }

    @Override
    public Tensor clean(Tensor output, Tensor noisy, Level level) {
        if (level.alpha() == 0) {
            throw new InputException(
                    "A network that predicts noise cannot start from pure noise (α = 0 at time %s): use a path that keeps some signal, or predict velocity."
                            .formatted(level.time()));
        }
        return Tensors.combine(1 / level.alpha(), noisy, -level.sigma() / level.alpha(), output);
    }
}
