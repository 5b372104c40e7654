package io.inkstone.layers;

import io.inkstone.tensor.FreedMemory;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The weight of a convolution, in memory once although oneDNN multiplies by it in another order. In a network that is settled it
 * is lent to the first copy that is {@linkplain PackedConv2d laid out} and equal to it: from then on it has its shape but no
 * memory, until somebody asks for its values, which the copy gives back to the last bit. Whoever asked may hold the tensor, so it
 * is not lent again before the network is settled anew.
 */
final class LentWeight {
    private final Tensor weight;
    private PackedConv2d borrower;
    /** The one under which somebody has asked for the values. */
    private Settled asked;

    /** @param weight [out, in, k, k], of a layer that owns it */
    LentWeight(Tensor weight) {
        this.weight = weight;
    }

    /** For its shape, type and place; its values may be lent. */
    Tensor form() {
        return weight;
    }

    /** The values, which stay in memory under {@code settled}. */
    synchronized Tensor values(Settled settled) {
        asked = settled;
        return back();
    }

    /** The values, to be read at once. */
    synchronized Tensor back() {
        if (borrower != null) {
            replace(() -> Tensors.channelsLast(borrower.plain().to(type())));
            borrower = null;
        }
        return weight;
    }

    /** Gives the memory up for {@code copy}, which is read when the values are asked for, unless somebody holds them. */
    synchronized void lend(PackedConv2d copy, Settled settled) {
        boolean exact = copy.type() == type() || copy.type() == ScalarType.Float;
        if (exact && borrower == null && asked != settled) {
            // Never zeros: what is read by a mistake must not look like weights.
            replace(() -> torch.full(new long[] {1}, new Scalar(Double.NaN), weight.options())
                    .expand(weight.shape()));
            borrower = copy;
            FreedMemory.add(weight.nbytes());
        }
    }

    /** Nothing can be read from {@code copy} any more: the network ends. */
    synchronized void end(PackedConv2d copy) {
        if (borrower == copy) {
            borrower = null;
        }
    }

    private ScalarType type() {
        return weight.scalar_type().intern();
    }

    /** Shape, type and place stay what they are, so that other threads may read those meanwhile. */
    private void replace(Supplier<Tensor> values) {
        try (NoGradient none = NoGradient.begin();
                Scope scope = Scope.open()) {
            weight.set_data(values.get());
        }
    }
}
