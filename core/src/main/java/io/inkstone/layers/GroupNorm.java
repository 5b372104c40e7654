package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Group normalisation of [N, C, H, W] (Wu and He 2018); parameters weight and bias [C]. */
public final class GroupNorm extends Unary {
    private final int groups;
    private final double eps;
    private final Tensor weight;
    private final Tensor bias;

    public GroupNorm(Initializer init, int groups, int channels, double eps) {
        if (channels % groups != 0) {
            throw new IllegalArgumentException(
                    "Group normalisation: %d channels do not divide into %d groups.".formatted(channels, groups));
        }
        this.groups = groups;
        this.eps = eps;
        weight = parameter("weight", init.constant(1, channels));
        bias = parameter("bias", init.constant(0, channels));
    }

    @Override
    protected Tensor forward(Tensor x) {
        // The kernel wants one type for all three; autocast does not reach it.
        return torch.group_norm(
                x,
                groups,
                new TensorOptional(weight.to(x.scalar_type())),
                new TensorOptional(bias.to(x.scalar_type())),
                eps,
                false);
    }

    @Override
    protected Tensor outline(Tensor x) {
        return x;
    }
}
