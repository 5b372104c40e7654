package io.inkstone.models.conditional;

import io.inkstone.layers.Conv2d;
import io.inkstone.layers.Frozen;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Unary;
import io.inkstone.layers.ZeroPad;
import org.bytedeco.pytorch.Tensor;

/** A convolution of stride 2, [N, C, H, W] → [N, C, ⌈H/2⌉, ⌈W/2⌉]; child conv. Padding right and bottom alone gives ⌊H/2⌋. */
final class Halving extends Unary {
    private final Conv2d conv;
    private final boolean symmetric;
    private final ZeroPad pad = new ZeroPad();

    Halving(Initializer init, int channels, boolean symmetric) {
        this.symmetric = symmetric;
        conv = child("conv", new Conv2d(init, channels, channels, 3, 2, symmetric ? 1 : 0));
    }

    @Override
    protected Tensor forward(Tensor x) {
        return Frozen.through(symmetric ? x : pad.apply(x), conv);
    }
}
