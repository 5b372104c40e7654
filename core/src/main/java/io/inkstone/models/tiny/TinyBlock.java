package io.inkstone.models.tiny;

import io.inkstone.layers.Activation;
import io.inkstone.layers.Conv2d;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Sequence;
import io.inkstone.layers.Unary;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** ReLU(x + three convolutions with ReLU between them), [N, C, H, W] → the same shape. Child conv (0, 2, 4). */
final class TinyBlock extends Unary {
    private final Sequence conv;

    TinyBlock(Initializer init, int width) {
        conv = child(
                "conv",
                new Sequence(
                        Conv2d.same(init, width, width),
                        Activation.relu(),
                        Conv2d.same(init, width, width),
                        Activation.relu(),
                        Conv2d.same(init, width, width)));
    }

    @Override
    protected Tensor forward(Tensor x) {
        return torch.relu(conv.apply(x).add_(x));
    }
}
