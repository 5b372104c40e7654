package io.inkstone.layers;

import io.inkstone.tensor.Precision;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/** Weights that stay in the two bytes that their file has, and are multiplied in the precision in force. */
final class Stored {
    private Stored() {}

    /** {@code weight} in the type of {@code x}; itself where they agree or autocast sees to it. Null stays null. */
    static Tensor typed(Tensor weight, Tensor x) {
        if (weight == null
                || weight.scalar_type().intern() == ScalarType.Float
                || Precision.current(weight.device().type().intern()) == Precision.BFLOAT16) {
            return weight;
        }
        return weight.to(x.scalar_type());
    }
}
