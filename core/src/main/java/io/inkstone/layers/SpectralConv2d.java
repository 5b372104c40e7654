package io.inkstone.layers;

import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** A convolution whose weight is divided by its largest singular value; see {@link SpectralNorm}. */
public final class SpectralConv2d extends Unary {
    private final SpectralNorm norm;
    private final Tensor bias;
    private final long[] stride;
    private final long[] padding;

    public SpectralConv2d(Initializer init, int in, int out, int kernel, int stride, int padding) {
        int fanIn = in * kernel * kernel;
        double bound = 1 / Math.sqrt(fanIn);
        bias = parameter("bias", init.uniform(bound, out));
        norm = new SpectralNorm(
                parameter("weight_orig", Tensors.channelsLast(init.uniform(bound, out, in, kernel, kernel))),
                buffer("weight_u", SpectralNorm.direction(init, out)),
                buffer("weight_v", SpectralNorm.direction(init, fanIn)));
        this.stride = new long[] {stride, stride};
        this.padding = new long[] {padding, padding};
    }

    @Override
    protected Tensor forward(Tensor x) {
        return torch.conv2d(
                x, norm.weight(training()), new TensorOptional(bias), stride, padding, new long[] {1, 1}, 1);
    }
}
