package io.inkstone.layers;

import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * Transposed convolution, [N, in, H, W] → [N, out, (H−1)·stride − 2·padding + k + outputPadding, …]; parameters weight
 * [in, out, k, k] and bias [out].
 */
public final class ConvTranspose2d extends Unary implements Preparable {
    private final Tensor weight;
    private final Tensor bias;
    private final long[] stride;
    private final long[] padding;
    private final long[] outputPadding;
    private final boolean tiles;

    public ConvTranspose2d(Initializer init, int in, int out, int kernel, int stride, int padding, int outputPadding) {
        this(
                init.uniform(bound(out, kernel), in, out, kernel, kernel),
                init.uniform(bound(out, kernel), out),
                new long[] {stride, stride},
                new long[] {padding, padding},
                new long[] {outputPadding, outputPadding});
    }

    ConvTranspose2d(Tensor weight, Tensor bias, long[] stride, long[] padding, long[] outputPadding) {
        this.weight = parameter("weight", Initializer.laidOut(weight));
        this.bias = parameter("bias", bias);
        this.stride = stride;
        this.padding = padding;
        this.outputPadding = outputPadding;
        tiles = weight.size(2) == stride[0] && padding[0] == 0 && outputPadding[0] == 0;
    }

    /** PyTorch takes the fan-in of a transposed convolution from its second dimension. */
    private static double bound(int out, int kernel) {
        return 1 / Math.sqrt((double) out * kernel * kernel);
    }

    @Override
    public Unary prepared(Optional<BatchNorm> norm) {
        Folded folded = Preparable.fold(weight, bias, 1, norm);
        return tilesNow()
                ? new TiledConvTranspose(folded.weight(), folded.bias())
                : new ConvTranspose2d(folded.weight(), folded.bias(), stride, padding, outputPadding);
    }

    private boolean tilesNow() {
        return tiles && KernelChoices.current().tilesByProductNow();
    }

    @Override
    protected Tensor forward(Tensor x) {
        if (tilesNow()) {
            return TiledConvTranspose.apply(x, weight, bias);
        }
        if (KernelChoices.current().foldsByProduct(weight)) {
            return folded(x);
        }
        if (!training()) {
            return convolved(x, new TensorOptional(bias));
        }
        return plus(convolved(x, new TensorOptional()), bias);
    }

    /** The bias added afterwards: oneDNN's gradient of it is slow reference code, an eighth of a step of the face VAE. */
    static Tensor plus(Tensor y, Tensor bias) {
        return y.add_(bias.to(y.scalar_type()).reshape(1, -1, 1, 1));
    }

    private Tensor convolved(Tensor x, TensorOptional summand) {
        return torch.conv_transpose2d(x, weight, summand, stride, padding, outputPadding, 1, new long[] {1, 1});
    }

    /**
     * One matrix product gives the square of outputs that each position of the input adds to; then they are added up, in
     * float32.
     */
    private Tensor folded(Tensor x) {
        long in = weight.size(0);
        long kernel = weight.size(2);
        Tensor squares = torch.matmul(x.permute(0, 2, 3, 1).reshape(x.size(0), -1, in), weight.reshape(in, -1));
        return torch.col2im(
                        squares.to(ScalarType.Float).transpose(1, 2).contiguous(),
                        new long[] {side(x.size(2)), side(x.size(3))},
                        new long[] {kernel, kernel},
                        new long[] {1, 1},
                        padding,
                        stride)
                .add_(bias.reshape(1, -1, 1, 1));
    }

    @Override
    protected Tensor outline(Tensor x) {
        return Shaped.like(x, weight.size(1), side(x.size(2)), side(x.size(3)));
    }

    private long side(long size) {
        return (size - 1) * stride[0] - 2 * padding[0] + weight.size(2) + outputPadding[0];
    }
}
