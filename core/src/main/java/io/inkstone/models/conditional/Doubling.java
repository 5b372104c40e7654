package io.inkstone.models.conditional;

import io.inkstone.layers.Conv2d;
import io.inkstone.layers.Frozen;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.NearestUpsample;
import io.inkstone.layers.Sequence;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * Pixels repeated to a given size, then a convolution, [N, C, h, w] → [N, C, H, W]; child conv. The size is that of the map
 * from the way down, which is odd where that had an odd side.
 */
final class Doubling extends Layer {
    private final Conv2d conv;
    /** The usual case, in which both are one step. */
    private final Sequence both;

    Doubling(Initializer init, int channels) {
        conv = child("conv", Conv2d.same(init, channels, channels));
        both = new Sequence(new NearestUpsample(), conv);
    }

    /** @param like a map of the size wanted */
    Tensor apply(Tensor x, Tensor like) {
        long height = like.size(2);
        long width = like.size(3);
        if (height == 2 * x.size(2) && width == 2 * x.size(3)) {
            return both.apply(x);
        }
        return pass(x, () -> Frozen.through(torch.upsample_nearest2d(x, height, width), conv));
    }
}
