package io.inkstone.layers;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** x·Wᵀ + b over the last dimension; parameters weight [out, in] and bias [out]. */
public final class Linear extends Unary implements Preparable {
    private final Tensor weight;
    private final Tensor bias;

    public Linear(Initializer init, int in, int out) {
        this(init.uniform(1 / Math.sqrt(in), out, in), init.uniform(1 / Math.sqrt(in), out));
    }

    private Linear(Tensor weight, Tensor bias) {
        this.weight = parameter("weight", weight);
        this.bias = parameter("bias", bias);
    }

    /** All weights 0: a branch that ends in it says nothing before it has learned. */
    public static Linear zero(Initializer init, int in, int out) {
        return new Linear(init.constant(0, out, in), init.constant(0, out));
    }

    /** The norm must be one of rows [N, out]. */
    @Override
    public Unary prepared(Optional<BatchNorm> norm) {
        Folded folded = Preparable.fold(weight, bias, 0, norm);
        return new Linear(folded.weight(), folded.bias());
    }

    @Override
    protected Tensor forward(Tensor x) {
        return torch.linear(x, weight, new TensorOptional(bias));
    }
}
