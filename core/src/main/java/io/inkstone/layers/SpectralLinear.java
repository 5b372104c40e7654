package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/** A linear layer whose weight is divided by its largest singular value; see {@link SpectralNorm}. */
public final class SpectralLinear extends Unary {
    private final SpectralNorm norm;
    private final Tensor bias;

    public SpectralLinear(Initializer init, int in, int out) {
        double bound = 1 / Math.sqrt(in);
        bias = parameter("bias", init.uniform(bound, out));
        norm = new SpectralNorm(
                parameter("weight_orig", init.uniform(bound, out, in)),
                buffer("weight_u", SpectralNorm.direction(init, out)),
                buffer("weight_v", SpectralNorm.direction(init, in)));
    }

    @Override
    protected Tensor forward(Tensor x) {
        return Linear.of(x, norm.weight(training()), bias);
    }

    @Override
    protected Tensor outline(Tensor x) {
        return torch.zeros(new long[] {x.size(0), bias.size(0)}, x.options());
    }
}
