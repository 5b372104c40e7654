package io.inkstone.models.conditional;

import io.inkstone.tensor.Tensors;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;

/**
 * What a conditional U-Net is told beside the time.
 *
 * @param states of texts [N, T, told], or no value where none are read; the same tensor from step to step, so that what is made of it is made once
 * @param guidance the weight of guidance, for networks that learnt to answer as if they were guided
 */
public record Prompted(Tensor states, OptionalDouble guidance) {
    /** Nothing, for networks that read no text. */
    public static Prompted nothing() {
        return of(Tensors.zeros(0));
    }

    /** Texts alone. */
    public static Prompted of(Tensor states) {
        return new Prompted(states, OptionalDouble.empty());
    }
}
