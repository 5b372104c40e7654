package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** A convolution whose weight is divided by its largest singular value; see {@link SpectralNorm}. */
public final class SpectralConv2d extends Unary {
    private final SpectralNorm norm;
    private final Tensor bias;
    private final long[] stride;
    private final long[] padding;
    private final int kernel;

    public SpectralConv2d(Initializer init, int in, int out, int kernel, int stride, int padding) {
        int fanIn = in * kernel * kernel;
        double bound = 1 / Math.sqrt(fanIn);
        bias = parameter("bias", init.uniform(bound, out));
        norm = new SpectralNorm(
                parameter("weight_orig", Initializer.laidOut(init.uniform(bound, out, in, kernel, kernel))),
                buffer("weight_u", SpectralNorm.direction(init, out)),
                buffer("weight_v", SpectralNorm.direction(init, fanIn)));
        this.kernel = kernel;
        this.stride = new long[] {stride, stride};
        this.padding = new long[] {padding, padding};
    }

    @Override
    protected Tensor forward(Tensor x) {
        return torch.conv2d(
                x, norm.weight(training()), new TensorOptional(bias), stride, padding, new long[] {1, 1}, 1);
    }

    @Override
    protected Tensor outline(Tensor x) {
        return Shaped.like(x, bias.size(0), side(x.size(2)), side(x.size(3)));
    }

    private long side(long size) {
        return (size + 2 * padding[0] - kernel) / stride[0] + 1;
    }
}
