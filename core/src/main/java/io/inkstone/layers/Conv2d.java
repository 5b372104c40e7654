package io.inkstone.layers;

import org.bytedeco.pytorch.GradMode;
import org.bytedeco.pytorch.ScalarTypeOptional;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Two-dimensional convolution, [N, in, H, W] → [N, out, H', W']; parameters weight [out, in, k, k] and, unless it was built
 * without, bias [out].
 */
public final class Conv2d extends Unary {
    private final LentWeight weight;
    final Tensor bias;
    final long[] stride;
    final long[] padding;

    public Conv2d(Initializer init, int in, int out, int kernel, int stride, int padding) {
        this(
                init.uniform(1 / Math.sqrt((double) in * kernel * kernel), out, in, kernel, kernel),
                init.uniform(1 / Math.sqrt((double) in * kernel * kernel), out),
                stride,
                padding);
    }

    private Conv2d(Tensor weight, Tensor bias, int stride, int padding) {
        this.weight = new LentWeight(parameter("weight", Initializer.laidOut(weight)));
        this.bias = bias == null ? null : parameter("bias", bias);
        this.stride = new long[] {stride, stride};
        this.padding = new long[] {padding, padding};
    }

    /** Kernel 3, stride 1, padding 1, all weights 0: a branch that ends in it says nothing before it has learned. */
    public static Conv2d zero(Initializer init, int in, int out) {
        return new Conv2d(init.constant(0, out, in, 3, 3), init.constant(0, out), 1, 1);
    }

    /** Kernel 3, stride 1, padding 1: the picture keeps its size. */
    public static Conv2d same(Initializer init, int in, int out) {
        return new Conv2d(init, in, out, 3, 1, 1);
    }

    /** Kernel 3 and padding 1, with nothing added. */
    public static Conv2d withoutBias(Initializer init, int in, int out, int stride) {
        return new Conv2d(init.uniform(1 / Math.sqrt(9.0 * in), out, in, 3, 3), null, stride, 1);
    }

    /** Kernel 1: a linear layer at every position. */
    public static Conv2d pointwise(Initializer init, int in, int out) {
        return new Conv2d(init, in, out, 1, 1, 0);
    }

    @Override
    protected Tensor forward(Tensor x) {
        if (!GradMode.is_enabled() && byTiles(x)) {
            return Winograd.convolved(x, Stored.typed(weight(), x), Stored.typed(bias, x));
        }
        TensorOptional added = bias == null ? new TensorOptional() : new TensorOptional(Stored.typed(bias, x));
        return torch.conv2d(x, Stored.typed(weight(), x), added, stride, padding, new long[] {1, 1}, 1);
    }

    /** [out, in, k, k], to be read. */
    Tensor weight() {
        return settled().map(weight::values).orElseGet(weight::form);
    }

    /** Shape, type and place of the weight. */
    Tensor form() {
        return weight.form();
    }

    /** For a copy that may come in the weight's place, by {@link #lend}. */
    Tensor lendable() {
        return weight.back();
    }

    /** Lets {@code copy} hold the values of the weight, if no values of this network will change again. */
    void lend(PackedConv2d copy) {
        settled().ifPresent(network -> weight.lend(copy, network));
    }

    /** Nothing can be read from {@code copy} any more. */
    void end(PackedConv2d copy) {
        weight.end(copy);
    }

    @Override
    void gather(boolean held) {
        if (held) {
            weight();
        } else {
            weight.back();
        }
    }

    /** Adds the gradients of weight and bias, and returns that of {@code x} for {@code gradient} of the output. */
    Tensor gradient(Tensor x, Tensor gradient) {
        if (byTiles(x)) {
            ByHand.gather(weight(), Winograd.ofWeight(x, gradient));
            if (bias != null) {
                ByHand.gather(
                        bias, gradient.sum(new long[] {0, 2, 3}, false, new ScalarTypeOptional(ScalarType.Float)));
            }
            return Winograd.ofInput(gradient, weight().detach());
        }
        T_TensorTensorTensor_T all = torch.convolution_backward(
                gradient,
                x,
                weight().detach().to(x.scalar_type()),
                new long[] {form().size(0)},
                stride,
                padding,
                new long[] {1, 1},
                false,
                new long[] {0, 0},
                1,
                ByHand.which(true, true, bias != null));
        ByHand.gather(weight(), new Tensor(all.get1()));
        if (bias != null) {
            ByHand.gather(bias, new Tensor(all.get2()));
        }
        return new Tensor(all.get0());
    }

    /** Whether {@link Winograd} is the faster way for {@code x} where no graph is recorded. */
    boolean byTiles(Tensor x) {
        return keepsSizeByThree() && KernelChoices.current().winograd(x, form());
    }

    boolean keepsSizeByThree() {
        return form().size(2) == 3 && stride[0] == 1 && padding[0] == 1;
    }

    @Override
    protected Tensor outline(Tensor x) {
        return Shaped.like(x, form().size(0), side(x.size(2)), side(x.size(3)));
    }

    /** Height or width of the output for that of the input. */
    long side(long size) {
        return (size + 2 * padding[0] - form().size(2)) / stride[0] + 1;
    }
}
