package io.inkstone.models.unet;

import io.inkstone.layers.Initializer;
import io.inkstone.layers.Pool2d;
import io.inkstone.layers.ResidualConvBlock;
import io.inkstone.layers.Sequence;
import io.inkstone.layers.Unary;
import org.bytedeco.pytorch.Tensor;

/** Two residual blocks and a halving, [N, in, H, W] → [N, out, H/2, W/2]. */
final class DownBlock extends Unary {
    private final Sequence model;

    DownBlock(Initializer init, int in, int out) {
        model = child(
                "model",
                new Sequence(
                        ResidualConvBlock.plain(init, in, out),
                        ResidualConvBlock.plain(init, out, out),
                        Pool2d.max(2)));
    }

    @Override
    protected Tensor forward(Tensor x) {
        return model.apply(x);
    }
}
