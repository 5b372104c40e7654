package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * One column of zeros on the right and one row at the bottom: [N, C, H, W] → [N, C, H+1, W+1]. Before a convolution of
 * kernel 3 and stride 2 it halves even sizes; padding all four sides gives the same shapes and other features.
 */
public final class ZeroPad extends Unary {
    private static final long[] RIGHT_AND_BOTTOM = {0, 1, 0, 1};

    @Override
    protected Tensor forward(Tensor x) {
        return torch.constant_pad_nd(x, RIGHT_AND_BOTTOM);
    }
}
