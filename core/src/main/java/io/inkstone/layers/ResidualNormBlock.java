package io.inkstone.layers;

import io.inkstone.tensor.Scope;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * A residual block of two convolutions, each after group norm and SiLU, [N, in, H, W] → [N, out, H, W] (the block of
 * DDPM, Ho et al. 2020, without time): skip + s(x).
 *
 * <p>Children s (0 norm, 1 SiLU, 2 convolution, 3 norm, 4 SiLU, 5 convolution) and, where the width changes, res (1×1).
 */
public final class ResidualNormBlock extends Unary implements ByHand {
    private final GroupNorm norm1;
    private final Conv2d conv1;
    private final GroupNorm norm2;
    private final Conv2d conv2;
    private final Sequence s;
    private final Conv2d res;

    /** @param groups of both norms; divides {@code in} and {@code out} */
    public ResidualNormBlock(Initializer init, int in, int out, int groups, double eps) {
        norm1 = new GroupNorm(init, groups, in, eps);
        conv1 = Conv2d.same(init, in, out);
        norm2 = new GroupNorm(init, groups, out, eps);
        conv2 = Conv2d.same(init, out, out);
        s = child("s", new Sequence(norm1, Activation.silu(), conv1, norm2, Activation.silu(), conv2));
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
        Tensor skip = res == null ? x : Frozen.through(x, res);
        // In place: no gradient needs the convolution's own result.
        return s.apply(x).add_(skip);
    }

    /** Keeps the input and the map between the convolutions; norms and SiLU, which cost little, are computed again. */
    @Override
    public Pass passByHand(Tensor x) {
        GroupNormGradient first = norm1.statistics(x);
        Tensor middle = conv1.apply(torch.silu(first.output()));
        GroupNormGradient second = norm2.statistics(middle);
        Tensor output = conv2.apply(torch.silu(second.output())).add_(res == null ? x : res.apply(x));
        return Pass.of(
                output,
                g -> {
                    Tensor inner = through(norm2, conv2, middle, second, g);
                    Tensor outer = through(norm1, conv1, x, first, inner);
                    return outer.add_(res == null ? g : res.gradient(x, g));
                },
                x,
                middle,
                first.mean(),
                first.inverse(),
                second.mean(),
                second.inverse());
    }

    /** Back through a convolution, SiLU and norm whose input was {@code x}. */
    private static Tensor through(
            GroupNorm norm, Conv2d convolution, Tensor x, GroupNormGradient pass, Tensor gradient) {
        return Scope.yielding(() -> {
            Tensor normalised = norm.statistics(x).output();
            Tensor activated = torch.silu(normalised);
            Tensor ofActivated = convolution.gradient(activated, gradient);
            return norm.gradient(x, pass, torch.silu_backward(ofActivated, normalised));
        });
    }
}
