package io.inkstone.layers;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** x·Wᵀ + b over the last dimension; parameters weight [out, in] and, unless it was built without, bias [out]. */
public final class Linear extends Unary implements Preparable {
    private static final long[] ONE = {1, 1};
    private static final long[] NONE = {0, 0};

    private final Tensor weight;
    private final Tensor bias;
    private LowRankChange change;

    public Linear(Initializer init, int in, int out) {
        this(init.uniform(1 / Math.sqrt(in), out, in), init.uniform(1 / Math.sqrt(in), out));
    }

    private Linear(Tensor weight, Tensor bias) {
        this.weight = parameter("weight", weight);
        this.bias = bias == null ? null : parameter("bias", bias);
    }

    /** x·Wᵀ. */
    public static Linear withoutBias(Initializer init, int in, int out) {
        return new Linear(init.uniform(1 / Math.sqrt(in), out, in), null);
    }

    /** All weights 0: a branch that ends in it says nothing before it has learned. */
    public static Linear zero(Initializer init, int in, int out) {
        return new Linear(init.constant(0, out, in), init.constant(0, out));
    }

    /** The same with zeros. */
    static Linear silent(Initializer init, int in, int out) {
        return new Linear(init.constant(0, out, in), null);
    }

    /**
     * Adds what a low-rank change says to this layer's answers from now on. The change is not this layer's child: who trains it owns
     * it.
     */
    public LowRankChange changed(Initializer init, LowRankChange.Size size) {
        change = new LowRankChange(init, (int) weight.size(1), (int) weight.size(0), size);
        return change;
    }

    Tensor weight() {
        return weight;
    }

    /** The norm must be one of rows [N, out]. */
    @Override
    public Unary prepared(Optional<BatchNorm> norm) {
        Tensor whole = change == null ? weight : weight.to(ScalarType.Float).add(change.product());
        return new PreparedLinear(weight, Preparable.fold(whole, bias, 0, norm));
    }

    @Override
    protected Tensor forward(Tensor x) {
        Tensor answer = of(x, Stored.typed(weight, x), Stored.typed(bias, x));
        return change == null ? answer : answer.add(change.apply(x));
    }

    /**
     * x·Wᵀ + b by the faster of two equal ways.
     *
     * @param bias [out], or null
     */
    static Tensor of(Tensor x, Tensor weight, Tensor bias) {
        return KernelChoices.current().linearByConvolution(x, weight)
                ? convolved(x, weight, bias)
                : torch.linear(x, weight, bias == null ? new TensorOptional() : new TensorOptional(bias));
    }

    /**
     * A 1×1 convolution. The larger of the two matrices is the picture, a position for each of its rows: it lies in memory as
     * convolutions want it. The smaller one, the kernels, is laid out anew.
     */
    private static Tensor convolved(Tensor x, Tensor weight, Tensor bias) {
        Tensor rows = x.reshape(-1, x.size(-1));
        Tensor products = rows.size(0) < weight.size(0)
                ? products(weight, rows, null).t().contiguous()
                : products(rows, weight, null);
        long[] shape = x.shape();
        shape[shape.length - 1] = weight.size(0);
        Tensor result = products.reshape(shape);
        return bias == null ? result : result.add_(bias);
    }

    /**
     * [n, k] and [m, k] → [n, m], by a 1×1 convolution.
     *
     * @param bias [m], or null
     */
    static Tensor products(Tensor picture, Tensor kernels, Tensor bias) {
        Tensor map = picture.reshape(1, picture.size(0), 1, picture.size(1)).permute(0, 3, 1, 2);
        Tensor weight = kernels.reshape(kernels.size(0), kernels.size(1), 1, 1);
        TensorOptional added = bias == null ? new TensorOptional() : new TensorOptional(bias);
        return torch.conv2d(map, weight, added, ONE, NONE, ONE, 1)
                .permute(0, 2, 3, 1)
                .reshape(picture.size(0), kernels.size(0));
    }
}
