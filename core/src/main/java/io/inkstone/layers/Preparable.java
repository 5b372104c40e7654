package io.inkstone.layers;

import io.inkstone.tensor.Precision;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** A linear map of which {@link Frozen} makes a copy for many passes in evaluation. */
interface Preparable {
    /**
     * A copy with tensors of its own: its weight has the type of the products in the precision in force on this thread, and
     * it does what {@code norm} does after it, w′ = w·scale and b′ = b·scale + shift per output channel.
     */
    Unary prepared(Optional<BatchNorm> norm);

    /**
     * Weight in the type of the products, and bias in its own.
     *
     * @param bias [out], or null
     * @param channels dimension of {@code weight} that counts the outputs
     */
    static Folded fold(Tensor weight, Tensor bias, int channels, Optional<BatchNorm> norm) {
        Tensor folded = norm.map(each -> weight.mul(each.scale().reshape(alongside(weight, channels))))
                .orElse(weight);
        Tensor shifted = norm.map(each ->
                        bias == null ? each.shift() : bias.mul(each.scale()).add_(each.shift()))
                .orElse(bias);
        // A bias that came in two bytes is added to float32 products.
        Tensor added = shifted == null ? null : shifted.to(ScalarType.Float);
        return new Folded(folded.to(products(weight)), added);
    }

    /** Result of {@link #fold}; without a bias where there is none. */
    record Folded(Tensor weight, Tensor bias) {}

    /** The type of the products in the precision in force on this thread. */
    static ScalarType products(Tensor weight) {
        return Precision.current(weight.device().type().intern()) == Precision.BFLOAT16
                ? ScalarType.BFloat16
                : ScalarType.Float;
    }

    private static long[] alongside(Tensor weight, int channels) {
        long[] shape = new long[(int) weight.dim()];
        java.util.Arrays.fill(shape, 1);
        shape[channels] = -1;
        return shape;
    }
}
