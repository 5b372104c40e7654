package io.inkstone.layers;

import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Two rounds of convolution, batch norm and GELU, [N, in, H, W] → [N, out, H, W]; with a skip connection the sum is
 * divided by 1.414, which keeps its variance.
 *
 * <p>Children conv1, conv2 (each 0 convolution, 1 norm, 2 GELU) and, where a skip has to change its width, shortcut (1×1).
 * Public copies of this block draw that 1×1 convolution anew in every pass; here it is a layer like any other.
 */
public final class ResidualConvBlock extends Unary {
    private static final double SQRT_2 = 1.414;

    private final Sequence conv1;
    private final Sequence conv2;
    private final boolean skips;
    private final Conv2d shortcut;

    private ResidualConvBlock(Initializer init, int in, int out, boolean skips) {
        conv1 = child("conv1", round(init, in, out));
        conv2 = child("conv2", round(init, out, out));
        this.skips = skips;
        shortcut = skips && in != out ? child("shortcut", Conv2d.pointwise(init, in, out)) : null;
    }

    /** conv2(conv1(x)). */
    public static ResidualConvBlock plain(Initializer init, int in, int out) {
        return new ResidualConvBlock(init, in, out, false);
    }

    /** (skip + conv2(conv1(x))) / 1.414. */
    public static ResidualConvBlock skipping(Initializer init, int in, int out) {
        return new ResidualConvBlock(init, in, out, true);
    }

    private static Sequence round(Initializer init, int in, int out) {
        return new Sequence(Conv2d.same(init, in, out), new BatchNorm(init, out), Activation.gelu());
    }

    @Override
    protected Tensor forward(Tensor x) {
        Tensor middle = conv1.apply(x);
        Tensor y = conv2.apply(middle);
        spent(middle);
        if (!skips) {
            return y;
        }
        Tensor skip = shortcut == null ? x : Frozen.through(x, shortcut);
        return skip.add(y).div(new Scalar(SQRT_2));
    }
}
