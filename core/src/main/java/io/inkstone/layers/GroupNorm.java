package io.inkstone.layers;

import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Group normalisation of [N, C, H, W] in channels-last memory (Wu and He 2018); parameters weight and bias [C]. */
public final class GroupNorm extends Unary {
    /**
     * With so few channels a group the kernel's backward pass over channels-last memory takes many times as long as
     * going to plain memory and back: 75 against 2 milliseconds for [8, 32, 64, 64] with 32 groups. In bfloat16 the
     * detour pays for any number of channels, forwards too: 50 against 14 for [64, 128, 14, 14] on one core.
     */
    private static final int NARROW = 2;

    private final int groups;
    private final boolean narrow;
    private final double eps;
    private final Tensor weight;
    private final Tensor bias;

    public GroupNorm(Initializer init, int groups, int channels, double eps) {
        if (channels % groups != 0) {
            throw new IllegalArgumentException(
                    "Group normalisation: %d channels do not divide into %d groups.".formatted(channels, groups));
        }
        this.groups = groups;
        narrow = channels / groups <= NARROW;
        this.eps = eps;
        weight = parameter("weight", init.constant(1, channels));
        bias = parameter("bias", init.constant(0, channels));
    }

    @Override
    protected Tensor forward(Tensor x) {
        // Not by whether gradients are on: a block that is computed twice must come out the same.
        boolean detour = x.scalar_type() == ScalarType.BFloat16 || (narrow && training());
        return detour ? Tensors.channelsLast(normalised(x.contiguous())) : normalised(x);
    }

    private Tensor normalised(Tensor x) {
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
