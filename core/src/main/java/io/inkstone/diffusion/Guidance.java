package io.inkstone.diffusion;

import io.inkstone.tensor.Tensors;

/** Denoisers around denoisers that strengthen a condition. */
public final class Guidance {
    private Guidance() {}

    /**
     * Classifier-free guidance (Ho and Salimans 2022): ε = ε₀ + w·(ε_c − ε₀). At w = 1 this is the conditional model,
     * at 0 the unconditional one. (The paper's own w is ours minus 1.) The clean picture is linear in ε at a level, so
     * the same combination holds for it.
     */
    public static Denoiser classifierFree(Denoiser conditional, Denoiser unconditional, double weight) {
        if (weight == 1) {
            return conditional;
        }
        return (noisy, level) ->
                Tensors.combine(weight, conditional.clean(noisy, level), 1 - weight, unconditional.clean(noisy, level));
    }
}
