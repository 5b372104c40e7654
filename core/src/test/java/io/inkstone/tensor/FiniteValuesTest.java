package io.inkstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class FiniteValuesTest {
    private static final long[] SHAPE = {4, 5};

    /** 20 times 60,000 is beyond what float16 can say, and yet each value is a number. */
    @Test
    void sumsOfTwoByteValuesMayPassTheirRange() {
        Scope.run(() -> assertThat(FiniteValues.firstOther(
                        Map.of("large", torch.full(SHAPE, new Scalar(60_000.0)).to(ScalarType.Half))))
                .isEmpty());
    }

    @Test
    void namesWhatHoldsNoNumbers() {
        Scope.run(() -> {
            for (double value : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
                assertThat(FiniteValues.firstOther(
                                Map.of("bad", torch.full(SHAPE, new Scalar(value)), "good", torch.ones(SHAPE))))
                        .contains("bad");
            }
        });
    }
}
