package io.inkstone.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class DropoutTest {
    private static final int COUNT = 100_000;

    @Test
    void dropsItsShareAndKeepsTheMean() {
        try (Scope scope = Scope.open()) {
            float[] values = drawn(0.25, 3);
            int zeros = 0;
            for (float value : values) {
                zeros += value == 0 ? 1 : 0;
                assertThat(value == 0 || Math.abs(value - 1 / 0.75) < 1e-6).isTrue();
            }
            // Five deviations of a binomial: 5·√(0.25·0.75/100000) = 0.007.
            assertThat((double) zeros / COUNT).isCloseTo(0.25, within(0.007));
        }
    }

    @Test
    void theSourceDecides() {
        try (Scope scope = Scope.open()) {
            assertThat(drawn(0.5, 3)).isEqualTo(drawn(0.5, 3)).isNotEqualTo(drawn(0.5, 4));
        }
    }

    private static float[] drawn(double probability, long seed) {
        Dropout dropout = new Dropout(probability);
        return Tensors.toFloats(
                Dropout.drawing(new Seed(seed).random(Seed.Purpose.DROPOUT), () -> dropout.apply(torch.ones(COUNT))));
    }

    @Test
    void doesNothingInEvaluationOrWithoutProbability() {
        try (Scope scope = Scope.open()) {
            Tensor x = torch.ones(10);
            Dropout dropout = new Dropout(0.5);
            dropout.training(false);
            assertThat(Tensors.toFloats(dropout.apply(x))).containsOnly(1);
            assertThat(Tensors.toFloats(new Dropout(0).apply(x))).containsOnly(1);
        }
    }

    @Test
    void refusesToDrawFromNowhere() {
        try (Scope scope = Scope.open()) {
            assertThatThrownBy(() -> new Dropout(0.5).apply(torch.ones(10))).hasMessageContaining("Dropout.drawing");
            assertThatThrownBy(() -> new Dropout(1)).hasMessageContaining("[0, 1), got 1.0");
        }
    }
}
