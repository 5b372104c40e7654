package io.inkstone.layers;

import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * Transposed convolution, [N, in, H, W] → [N, out, (H−1)·stride − 2·padding + k + outputPadding, …]; parameters weight
 * [in, out, k, k] and bias [out].
 */
public final class ConvTranspose2d extends Unary {
    private final Tensor weight;
    private final Tensor bias;
    private final long[] stride;
    private final long[] padding;
    private final long[] outputPadding;

    public ConvTranspose2d(Initializer init, int in, int out, int kernel, int stride, int padding, int outputPadding) {
        // PyTorch takes the fan-in of a transposed convolution from its second dimension.
        double bound = 1 / Math.sqrt((double) out * kernel * kernel);
        weight = parameter("weight", Tensors.channelsLast(init.uniform(bound, in, out, kernel, kernel)));
        bias = parameter("bias", init.uniform(bound, out));
        this.stride = new long[] {stride, stride};
        this.padding = new long[] {padding, padding};
        this.outputPadding = new long[] {outputPadding, outputPadding};
    }

    @Override
    protected Tensor forward(Tensor x) {
        return torch.conv_transpose2d(
                x, weight, new TensorOptional(bias), stride, padding, outputPadding, 1, new long[] {1, 1});
    }

    @Override
    protected Tensor outline(Tensor x) {
        return Shaped.like(x, weight.size(1), side(x.size(2)), side(x.size(3)));
    }

    private long side(long size) {
        return (size - 1) * stride[0] - 2 * padding[0] + weight.size(2) + outputPadding[0];
    }
}
