package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** x·Wᵀ + b over the last dimension; parameters weight [out, in] and bias [out]. */
public final class Linear extends Unary {
    private final Tensor weight;
    private final Tensor bias;

    public Linear(Initializer init, int in, int out) {
        double bound = 1 / Math.sqrt(in);
        weight = parameter("weight", init.uniform(bound, out, in));
        bias = parameter("bias", init.uniform(bound, out));
    }

    @Override
    protected Tensor forward(Tensor x) {
        return torch.linear(x, weight, new TensorOptional(bias));
    }
}
