package io.inkstone.layers;

import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/**
 * A transposed convolution of which no two outputs overlap, [N, in, H, W] → [N, out, H·side, W·side], laid out for many
 * passes: each position of the input is multiplied to a square of the output, in one matrix product, which takes less than
 * half as long to learn from as the convolution.
 */
final class TiledConvTranspose extends Unary {
    private final Tensor matrix;
    private final Tensor bias;
    private final long side;

    /**
     * @param weight [in, out, side, side]
     * @param bias [out]
     */
    TiledConvTranspose(Tensor weight, Tensor bias) {
        side = weight.size(2);
        this.matrix = parameter("weight", matrix(weight));
        this.bias = parameter("bias", repeated(bias, side));
    }

    @Override
    protected Tensor forward(Tensor x) {
        return apply(x, matrix, bias, side);
    }

    /** The same with a weight [in, out, side, side] and a bias [out] as they are learned. */
    static Tensor apply(Tensor x, Tensor weight, Tensor bias) {
        return apply(x, matrix(weight), repeated(bias, weight.size(2)), weight.size(2));
    }

    private static Tensor matrix(Tensor weight) {
        return weight.permute(2, 3, 1, 0).reshape(-1, weight.size(0));
    }

    private static Tensor repeated(Tensor bias, long side) {
        return bias.repeat(side * side);
    }

    private static Tensor apply(Tensor x, Tensor matrix, Tensor bias, long side) {
        long out = matrix.size(0) / (side * side);
        Tensor squares = torch.linear(x.permute(0, 2, 3, 1), matrix, new TensorOptional(bias));
        return squares.reshape(x.size(0), x.size(2), x.size(3), side, side, out)
                .permute(0, 1, 3, 2, 4, 5)
                .reshape(x.size(0), x.size(2) * side, x.size(3) * side, out)
                .permute(0, 3, 1, 2);
    }
}
