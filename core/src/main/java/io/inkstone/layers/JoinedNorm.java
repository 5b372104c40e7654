package io.inkstone.layers;

import io.inkstone.InputException;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorBase;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.TensorTensorHook;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Training passes of networks by several processes that hold parts of one batch. What a batch norm computes of a batch, its
 * statistics and the two sums of their gradient, is joined, so that every row is normalised, and learns, as it would in the
 * whole batch: one sum of 2·C numbers forward and one backward a norm.
 *
 * <p>Every process must pass the same layers in the same order.
 */
public final class JoinedNorm {
    private static final ThreadLocal<JoinedNorm> CURRENT = new ThreadLocal<>();

    private final Consumer<Tensor> sum;
    private final Share share;
    /** What the way back needs and no scope may end. */
    private final List<Pointer> owned = new ArrayList<>();

    private JoinedNorm(Consumer<Tensor> sum, Share share) {
        this.sum = sum;
        this.share = share;
    }

    /**
     * Runs {@code work}, a pass forward and back.
     *
     * @param sum makes of a contiguous tensor the sum over all processes, in place
     * @param share of the batch that this process holds
     */
    public static <T> T during(Consumer<Tensor> sum, Share share, Supplier<T> work) {
        JoinedNorm before = CURRENT.get();
        JoinedNorm joined = new JoinedNorm(sum, share);
        CURRENT.set(joined);
        try {
            return work.get();
        } finally {
            CURRENT.set(before);
            joined.owned.forEach(Scope::release);
        }
    }

    /** That of this thread; null where whole batches are passed. */
    static JoinedNorm current() {
        return CURRENT.get();
    }

    /**
     * A norm's own tensors.
     *
     * @param weight [C]
     * @param bias [C]
     * @param mean running, [C]
     * @param variance running, [C]
     */
    record Norm(Tensor weight, Tensor bias, Tensor mean, Tensor variance, double momentum, double eps) {}

    /** Statistics of a whole batch, float32 [C]; {@code count} values a channel. */
    private record Statistics(Tensor mean, Tensor variance, double count) {}

    /** {@code x} [N, C] or [N, C, H, W] normalised by the statistics of the whole batch, which the running ones follow. */
    Tensor forward(Tensor x, Norm norm) {
        Statistics all;
        Tensor normalised;
        try (NoGradient none = NoGradient.begin()) {
            all = statistics(x.detach());
            follow(norm, all);
            normalised = torch.batch_norm(
                    x.detach(),
                    new TensorOptional(norm.weight.detach()),
                    new TensorOptional(norm.bias.detach()),
                    new TensorOptional(all.mean),
                    new TensorOptional(all.variance),
                    false,
                    norm.momentum,
                    norm.eps,
                    false);
        }
        boolean learns = x.requires_grad() || norm.weight.requires_grad();
        return GradMode.is_enabled() && learns ? withWayBack(x, normalised, norm, all) : normalised;
    }

    private Statistics statistics(Tensor x) {
        double ours = share.counts() ? (double) x.numel() / x.size(1) : 0;
        double count = (double) x.numel() / x.size(1) / x.size(0) * share.whole();
        if (count < 2) {
            throw new InputException(
                    "Batch normalisation needs 2 or more values a channel to learn from. Use a larger train.batch.");
        }
        T_TensorTensor_T local = torch.var_mean(x.to(ScalarType.Float), others(x), false, false);
        Tensor mean = local.get1().to(ScalarType.Double);
        Tensor square = local.get0().to(ScalarType.Double).add(mean.square());
        Tensor sums = torch.cat(new org.bytedeco.pytorch.TensorVector(mean, square), 0)
                .mul_(new Scalar(ours));
        sum.accept(sums);
        sums.div_(new Scalar(count));
        Tensor joined = sums.narrow(0, 0, x.size(1));
        Tensor variance = sums.narrow(0, x.size(1), x.size(1)).sub(joined.square());
        return new Statistics(
                joined.to(ScalarType.Float), variance.clamp_min(new Scalar(0.0)).to(ScalarType.Float), count);
    }

    private static void follow(Norm norm, Statistics all) {
        double keep = 1 - norm.momentum;
        norm.mean.mul_(new Scalar(keep)).add_(all.mean, new Scalar(norm.momentum));
        norm.variance
                .mul_(new Scalar(keep))
                .add_(all.variance, new Scalar(norm.momentum * all.count / (all.count - 1)));
    }

    /** Every dimension but the channels'. */
    private static long[] others(Tensor x) {
        return LongStream.range(0, x.dim()).filter(dimension -> dimension != 1).toArray();
    }

    /** [C] so that it meets the channels of {@code x}. */
    private static Tensor channels(Tensor values, Tensor x) {
        return x.dim() == 4 ? values.reshape(1, -1, 1, 1) : values.reshape(1, -1);
    }

    /**
     * {@code normalised} as what autograd takes for a copy of {@code x}: a hook turns the gradient of the one into that of
     * the other.
     */
    private Tensor withWayBack(Tensor x, Tensor normalised, Norm norm, Statistics all) {
        Tensor output = x.requires_grad() ? x.clone() : x.clone().requires_grad_(true);
        try (NoGradient none = NoGradient.begin()) {
            output.detach().copy_(normalised);
        }
        Tensor input = kept(x.detach());
        Statistics keptOnes = new Statistics(kept(all.mean), kept(all.variance), all.count);
        TensorTensorHook hook = new Back(input, norm, keptOnes);
        owned.add(Scope.own(hook));
        output.register_hook(hook);
        return output;
    }

    private <T extends Pointer> T kept(T tensor) {
        owned.add(Scope.own(tensor));
        return tensor;
    }

    /** From the gradient of the output to those of the weights, gathered here, and of the input. */
    private final class Back extends TensorTensorHook {
        private final Tensor input;
        private final Norm norm;
        private final Statistics all;

        Back(Tensor input, Norm norm, Statistics all) {
            this.input = input;
            this.norm = norm;
            this.all = all;
        }

        @Override
        public TensorBase call(TensorBase gradient) {
            try (NoGradient none = NoGradient.begin()) {
                return kept(Scope.yielding(() -> ofInput(new Tensor(gradient))));
            }
        }

        private Tensor ofInput(Tensor gradient) {
            Tensor g = gradient.to(ScalarType.Float);
            Tensor centred = input.to(ScalarType.Float).sub(channels(all.mean, input));
            Tensor scale = all.variance.add(new Scalar(norm.eps)).rsqrt();
            long[] dimensions = others(input);
            Tensor ofBias = g.sum(dimensions, false, new ScalarTypeOptional());
            Tensor ofWeight = g.mul(centred)
                    .sum(dimensions, false, new ScalarTypeOptional())
                    .mul_(scale);
            if (norm.weight.requires_grad()) {
                ByHand.gather(norm.weight, ofWeight);
                ByHand.gather(norm.bias, ofBias);
            }
            Tensor sums = torch.cat(new org.bytedeco.pytorch.TensorVector(ofBias, ofWeight), 0)
                    .to(ScalarType.Double);
            sum.accept(sums);
            if (!share.counts()) {
                // The means below are those of rows that are elsewhere: nothing of them may reach what lies before.
                return torch.zeros_like(gradient);
            }
            Tensor means = sums.div_(new Scalar(all.count)).to(ScalarType.Float);
            long size = input.size(1);
            Tensor share = centred.mul_(channels(scale.mul(means.narrow(0, size, size)), input))
                    .add_(channels(means.narrow(0, 0, size), input));
            return g.sub(share)
                    .mul_(channels(scale.mul(norm.weight.detach()), input))
                    .to(gradient.scalar_type());
        }
    }
}
