package io.inkstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AdamTest {
    /** The published algorithm in double precision, next to the fused kernel. */
    @ParameterizedTest
    @EnumSource(OptimizerConfig.Name.class)
    void followsThePublishedAlgorithm(OptimizerConfig.Name name) {
        double decay = 0.1;
        OptimizerConfig config =
                new OptimizerConfig(name, 0.01, List.of(0.9, 0.99), 1e-8, decay, RateSchedule.CONSTANT, 0);
        double value = 2;
        double mean = 0;
        double square = 0;
        try (Scope scope = Scope.open()) {
            Tensor parameter = Tensors.of(new float[] {2}, 1).requires_grad_(true);
            Adam adam = new Adam(Map.of("p", parameter), config);
            for (int step = 1; step <= 20; step++) {
                adam.clearGradients();
                parameter.mul(parameter).mul(parameter).sum().backward(); // d/dp p³ = 3p²
                adam.step(0.01);
                double gradient = 3 * value * value;
                if (name == OptimizerConfig.Name.ADAM) {
                    gradient += decay * value;
                } else {
                    value -= 0.01 * decay * value;
                }
                mean = 0.9 * mean + 0.1 * gradient;
                square = 0.99 * square + 0.01 * gradient * gradient;
                double rate = 0.01 / (1 - Math.pow(0.9, step));
                value -= rate * mean / (Math.sqrt(square) / Math.sqrt(1 - Math.pow(0.99, step)) + 1e-8);
                assertThat(Tensors.toDouble(parameter)).isCloseTo(value, within(1e-5));
            }
            adam.close();
        }
    }

    @Test
    void clipsTheNormOfAllGradientsTogether() {
        OptimizerConfig config =
                new OptimizerConfig(OptimizerConfig.Name.ADAM, 0.1, List.of(0.0, 0.0), 1, 0, RateSchedule.CONSTANT, 1);
        try (Scope scope = Scope.open()) {
            Tensor parameter = Tensors.zeros(2).requires_grad_(true);
            Adam adam = new Adam(Map.of("p", parameter), config);
            parameter.mul(Tensors.of(new float[] {30, 40}, 2)).sum().backward(); // norm 50
            adam.step(0.1);
            // With betas 0 and eps 1 a step is rate·g/(|g|+1), for g = (0.6, 0.8).
            assertThat((double) Tensors.toFloats(parameter)[0]).isCloseTo(-0.1 * 0.6 / 1.6, within(1e-6));
            adam.close();
        }
    }

    @Test
    void schedulesHoldTheRateDuringAnEpoch() {
        assertThat(RateSchedule.LINEAR.rate(1e-3, 0, 32)).isEqualTo(1e-3);
        assertThat(RateSchedule.LINEAR.rate(1e-3, 31, 32)).isCloseTo(3.125e-5, within(1e-12));
        assertThat(RateSchedule.COSINE.rate(2, 5, 10)).isCloseTo(1, within(1e-12));
        assertThat(RateSchedule.CONSTANT.rate(2, 5, 10)).isEqualTo(2);
    }

    @Test
    void refusesNumbersThatCannotBe() {
        assertThatThrownBy(() -> OptimizerConfig.adam(-1))
                .isInstanceOf(InputException.class)
                .hasMessage("optimizer.rate must be above 0, got -1.0.");
    }
}
