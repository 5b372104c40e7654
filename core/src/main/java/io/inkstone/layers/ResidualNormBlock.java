package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;

/**
 * A residual block of two convolutions, each after group norm and SiLU, [N, in, H, W] → [N, out, H, W] (the block of
 * DDPM, Ho et al. 2020, without time): skip + s(x).
 *
 * <p>Children s (0 norm, 1 SiLU, 2 convolution, 3 norm, 4 SiLU, 5 convolution) and, where the width changes, res (1×1).
 */
public final class ResidualNormBlock extends Unary {
    private final Sequence s;
    private final Conv2d res;

    /** @param groups of both norms; divides {@code in} and {@code out} */
    public ResidualNormBlock(Initializer init, int in, int out, int groups, double eps) {
        s = child("s", convolutions(init, in, out, groups, eps));
        res = in == out ? null : child("res", Conv2d.pointwise(init, in, out));
    }

    /** The two convolutions alone in a plain row: shows what the skip is worth. */
    public static Unary withoutSkip(Initializer init, int in, int out, int groups, double eps) {
        return convolutions(init, in, out, groups, eps);
    }

    private static Sequence convolutions(Initializer init, int in, int out, int groups, double eps) {
        return new Sequence(
                new GroupNorm(init, groups, in, eps),
                Activation.silu(),
                Conv2d.same(init, in, out),
                new GroupNorm(init, groups, out, eps),
                Activation.silu(),
                Conv2d.same(init, out, out));
    }

    @Override
    protected Tensor forward(Tensor x) {
        Tensor skip = res == null ? x : res.apply(x);
        // In place: no gradient needs the convolution's own result.
        return s.apply(x).add_(skip);
    }
}
