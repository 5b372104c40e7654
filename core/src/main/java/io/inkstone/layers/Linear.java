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
        return of(x, weight, bias);
    }

    /** x·Wᵀ + b by the faster of two equal ways. */
    static Tensor of(Tensor x, Tensor weight, Tensor bias) {
        return KernelChoices.current().linearByConvolution(x, weight)
                ? convolved(x, weight, bias)
                : torch.linear(x, weight, new TensorOptional(bias));
    }

    /** W is the picture, a position for each of its rows, which lies in memory as convolutions want it; x are the few kernels. */
    private static Tensor convolved(Tensor x, Tensor weight, Tensor bias) {
        Tensor picture = weight.reshape(1, weight.size(0), 1, weight.size(1)).permute(0, 3, 1, 2);
        Tensor products = torch.conv2d(picture, x.reshape(x.size(0), x.size(1), 1, 1)); // [1, N, out, 1]
        return products.reshape(x.size(0), weight.size(0)).contiguous().add_(bias);
    }
}
