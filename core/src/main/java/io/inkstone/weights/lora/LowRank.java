package io.inkstone.weights.lora;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.weights.StoredTensor;
import java.io.IOException;
import java.util.Arrays;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The change of one module: {@code weight + scale · up · down}.
 *
 * @param down [rank, in] of a linear layer, [rank, in, h, w] of a convolution
 * @param up [out, rank] or [out, rank, 1, 1]
 * @param scale alpha ÷ rank; 1 where no alpha is known
 */
public record LowRank(StoredTensor down, StoredTensor up, double scale) {
    public LowRank {
        long[] first = down.shape();
        long[] second = up.shape();
        boolean pointwise = second.length == 2 || second.length == 4 && second[2] == 1 && second[3] == 1;
        if (first.length < 2 || !pointwise || second[1] != first[0]) {
            throw new InputException(Words.of(
                    "A low-rank pair has the shapes %s and %s, which cannot be multiplied.",
                    Arrays.toString(first), Arrays.toString(second)));
        }
    }

    /** Inner width of the pair. */
    public long rank() {
        return down.shape()[0];
    }

    /** Number of elements of the weight that it changes. */
    public long count() {
        return down.count() / rank() * up.shape()[0];
    }

    /**
     * Adds the change to {@code weight} in place; multiplied and added in float32, whatever the weight's type.
     *
     * @param weight of a linear layer [out, in] or a convolution [out, in, h, w]; 1×1 stands for linear and the other way
     * @param strength 1 for the change as it was trained; negative takes it away
     */
    public void addTo(Tensor weight, double strength) throws IOException {
        requireFits(weight.shape());
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin()) {
            long rank = rank();
            Tensor left = up.tensor().to(ScalarType.Float).reshape(up.shape()[0], rank);
            Tensor right = down.tensor().to(ScalarType.Float).reshape(rank, down.count() / rank);
            Tensor change = left.matmul(right).reshape(weight.shape());
            Tensor whole = Tensors.combine(1, weight.to(ScalarType.Float), scale * strength, change);
            weight.copy_(whole);
        }
    }

    /** Refuses a weight of another shape: the file is for another model. */
    public void requireFits(long[] weight) {
        long[] whole = down.shape();
        whole[0] = up.shape()[0];
        boolean same = Arrays.equals(squeezed(weight), squeezed(whole));
        if (!same) {
            throw new InputException(Words.of(
                    "A low-rank change of shape %s does not fit a weight of shape %s: it is for another model.",
                    Arrays.toString(whole), Arrays.toString(weight)));
        }
    }

    private static long[] squeezed(long[] shape) {
        return shape.length == 4 && shape[2] == 1 && shape[3] == 1 ? Arrays.copyOf(shape, 2) : shape.clone();
    }
}
