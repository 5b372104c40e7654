package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Layer normalisation over the channels of each place (Ba et al. 2016), [N, C, H, W] in channels-last memory, where they lie
 * side by side; parameters weight and bias [C].
 */
public final class ChannelNorm extends Unary {
    private final Tensor weight;
    private final Tensor bias;

    public ChannelNorm(Initializer init, int channels) {
        weight = parameter("weight", init.constant(1, channels));
        bias = parameter("bias", init.constant(0, channels));
    }

    @Override
    protected Tensor forward(Tensor x) {
        // The kernel wants one type for all three; autocast does not reach it.
        return torch.layer_norm(
                        x.permute(0, 2, 3, 1),
                        new long[] {x.size(1)},
                        new TensorOptional(weight.to(x.scalar_type())),
                        new TensorOptional(bias.to(x.scalar_type())),
                        Norm.EPS,
                        false)
                .permute(0, 3, 1, 2);
    }

    @Override
    protected Tensor outline(Tensor x) {
        return x;
    }
}
