package io.inkstone.models.unet;

import io.inkstone.layers.ConvTranspose2d;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.ResidualConvBlock;
import io.inkstone.layers.Sequence;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/** Joins a map with the skip connection of its size and doubles it: [N, in−s, H, W] and [N, s, H, W] → [N, out, 2H, 2W]. */
final class UpBlock extends Layer {
    private final Sequence model;

    /** @param in channels of both inputs together */
    UpBlock(Initializer init, int in, int out) {
        model = child(
                "model",
                new Sequence(
                        new ConvTranspose2d(init, in, out, 2, 2, 0, 0),
                        ResidualConvBlock.plain(init, out, out),
                        ResidualConvBlock.plain(init, out, out)));
    }

    Tensor apply(Tensor x, Tensor skip) {
        return pass(x, () -> model.apply(Tensors.concatenate(1, x, skip)));
    }
}
