package io.inkstone.layers;

import io.inkstone.Words;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Group normalisation of [N, C, H, W] in channels-last memory (Wu and He 2018); parameters weight and bias [C]. */
public final class GroupNorm extends Unary implements ByHand {
    private final int groups;
    private final double eps;
    private final Tensor weight;
    private final Tensor bias;

    public GroupNorm(Initializer init, int groups, int channels, double eps) {
        if (channels % groups != 0) {
            throw new IllegalArgumentException(
                    Words.of("Group normalisation: %d channels do not divide into %d groups.", channels, groups));
        }
        this.groups = groups;
        this.eps = eps;
        weight = parameter("weight", init.constant(1, channels));
        bias = parameter("bias", init.constant(0, channels));
    }

    @Override
    protected Tensor forward(Tensor x) {
        // Not by whether gradients are on: a block that is computed twice must come out the same.
        boolean plain = KernelChoices.current().groupNormInPlainMemory(x, groups, training());
        return plain ? Tensors.channelsLast(normalised(x.contiguous())) : normalised(x);
    }

    private Tensor normalised(Tensor x) {
        // Wanted or not: without a gradient of the map, libtorch's kernel for channels-last memory ends the process.
        boolean first = GradMode.is_enabled() && weight.requires_grad() && !x.requires_grad();
        // The kernel wants one type for all three; autocast does not reach it.
        return torch.group_norm(
                first ? x.detach().requires_grad_(true) : x,
                groups,
                new TensorOptional(weight.to(x.scalar_type())),
                new TensorOptional(bias.to(x.scalar_type())),
                eps,
                false);
    }

    /** The normalised map with its statistics, for {@link #gradient}. */
    GroupNormGradient statistics(Tensor x) {
        return GroupNormGradient.pass(x, groups, weight, bias, eps);
    }

    /** Adds the gradients of weight and bias, and returns that of {@code x} for {@code gradient} of the output. */
    Tensor gradient(Tensor x, GroupNormGradient pass, Tensor gradient) {
        return GroupNormGradient.of(x, gradient, pass.mean(), pass.inverse(), weight, bias);
    }

    @Override
    public Pass passByHand(Tensor x) {
        GroupNormGradient pass = statistics(x);
        return Pass.of(pass.output(), g -> gradient(x, pass, g), x, pass.mean(), pass.inverse());
    }

    @Override
    protected Tensor outline(Tensor x) {
        return x;
    }
}
