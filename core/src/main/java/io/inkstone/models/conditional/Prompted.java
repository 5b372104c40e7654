package io.inkstone.models.conditional;

import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;

/**
 * What a conditional U-Net is told beside the time.
 *
 * @param states of texts [N, T, told]; the same tensor from step to step, so that what is made of it is made once
 * @param guidance the weight of guidance, for networks that learnt to answer as if they were guided
 */
public record Prompted(Tensor states, OptionalDouble guidance) {
    /** Texts alone. */
    public static Prompted of(Tensor states) {
        return new Prompted(states, OptionalDouble.empty());
    }
}
