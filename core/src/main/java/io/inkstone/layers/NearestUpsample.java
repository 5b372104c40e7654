package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** Every pixel becomes a 2×2 square: [N, C, H, W] → [N, C, 2H, 2W]. */
public final class NearestUpsample extends Unary {
    @Override
    protected Tensor forward(Tensor x) {
        return torch.upsample_nearest2d(x, 2 * x.size(2), 2 * x.size(3));
    }
}
