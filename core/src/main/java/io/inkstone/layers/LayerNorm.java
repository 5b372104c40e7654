package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Layer normalisation over the last dimension (Ba et al. 2016), […, C] → the same shape; parameters weight and bias [C]. */
public final class LayerNorm extends Unary {
    private final Tensor weight;
    private final Tensor bias;
    private final double eps;

    /** With the usual eps of 1e-5. */
    public LayerNorm(Initializer init, int channels) {
        this(init, channels, Norm.EPS);
    }

    public LayerNorm(Initializer init, int channels, double eps) {
        weight = parameter("weight", init.constant(1, channels));
        bias = parameter("bias", init.constant(0, channels));
        this.eps = eps;
    }

    @Override
    protected Tensor forward(Tensor x) {
        // The kernel wants one type for all three; autocast does not reach it.
        return torch.layer_norm(
                x,
                new long[] {x.size(-1)},
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
