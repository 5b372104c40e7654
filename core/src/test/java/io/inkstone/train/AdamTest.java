package io.inkstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.layers.Sequence;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.AdamW;
import org.bytedeco.pytorch.AdamWOptions;
import org.bytedeco.pytorch.Optimizer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
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

    /**
     * The same gradients to libtorch's own optimizer, which moves one parameter after another. Both compute in float32 in
     * another order: a weight of about 1 may differ by a few units of its last place, 1.2e-7, after 20 steps.
     */
    @ParameterizedTest
    @EnumSource(OptimizerConfig.Name.class)
    void stepsLikeLibtorch(OptimizerConfig.Name name) {
        OptimizerConfig config =
                new OptimizerConfig(name, 0.01, List.of(0.9, 0.999), 1e-6, 0.1, RateSchedule.CONSTANT, 0);
        try (Scope scope = Scope.open();
                Sequence network = Toy.convolutions(1);
                Sequence twin = Toy.convolutions(1);
                Adam adam = new Adam(network.parameters(), config)) {
            Optimizer theirs = libtorch(config, twin);
            Tensor still = network.parameters().get("2.bias");
            float[] first = Tensors.toFloats(still);
            float[] weight = Tensors.toFloats(network.parameters().get("0.weight"));
            for (int step = 1; step <= 20; step++) {
                adam.clearGradients();
                Tensor pictures = Tensors.channelsLast(
                        Tensors.normal(new Seed(5).generator(Seed.Purpose.NOISE, step), 4, 3, 8, 8));
                Tensors.meanSquaredError(network.apply(pictures), Tensors.scale(pictures, 0.5))
                        .backward();
                still.mutable_grad().reset();
                network.parameters()
                        .forEach((key, parameter) ->
                                twin.parameters().get(key).mutable_grad().put(parameter.grad()));
                adam.step(config.rate());
                theirs.step();
            }
            network.parameters().forEach((key, parameter) -> assertThat(Tensors.toFloats(parameter))
                    .as(key)
                    .containsExactly(Tensors.toFloats(twin.parameters().get(key)), within(2e-6f)));
            assertThat(Tensors.toFloats(still)).isEqualTo(first);
            assertThat(Tensors.toFloats(network.parameters().get("0.weight"))).isNotEqualTo(weight);
        }
    }

    /** With the default betas: the binding shows the two as memory whose order is the compiler's. */
    private static Optimizer libtorch(OptimizerConfig config, Sequence network) {
        TensorVector parameters = new TensorVector(network.parameters().values().toArray(Tensor[]::new));
        if (config.name() == OptimizerConfig.Name.ADAM) {
            AdamOptions options = new AdamOptions(config.rate());
            options.eps().put(config.eps());
            options.weight_decay().put(config.weightDecay());
            return new org.bytedeco.pytorch.Adam(parameters, options);
        }
        AdamWOptions options = new AdamWOptions(config.rate());
        options.eps().put(config.eps());
        options.weight_decay().put(config.weightDecay());
        return new AdamW(parameters, options);
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

    private static OptimizerConfig warming(RateSchedule schedule, int warmup, int decay) {
        return new OptimizerConfig(
                OptimizerConfig.Name.ADAM, 1, List.of(0.9, 0.999), 1e-8, 0, schedule, 0, warmup, decay);
    }

    private static double rate(OptimizerConfig config, long step, int epoch) {
        return config.rateAt(new Position(step, epoch, 0, 0, 0, step, step, 0), 10);
    }

    /** Evenly up to the whole rate, which the last step of the warm-up has; then what the schedule says. */
    @Test
    void warmsUp() {
        OptimizerConfig byEpochs = warming(RateSchedule.LINEAR, 4, 0);
        assertThat(rate(byEpochs, 0, 0)).isEqualTo(0.25);
        assertThat(rate(byEpochs, 3, 0)).isEqualTo(1);
        assertThat(rate(byEpochs, 2, 5)).isEqualTo(0.375);
        assertThat(rate(byEpochs, 100, 5)).isEqualTo(0.5);
    }

    @Test
    void schedulesGoBySteps() {
        OptimizerConfig cosine = warming(RateSchedule.COSINE, 10, 110);
        assertThat(rate(cosine, 0, 9)).isEqualTo(0.1);
        assertThat(rate(cosine, 10, 9)).isEqualTo(1);
        assertThat(rate(cosine, 60, 0)).isCloseTo(0.5, within(1e-12));
        OptimizerConfig linear = warming(RateSchedule.LINEAR, 0, 100);
        assertThat(rate(linear, 25, 0)).isEqualTo(0.75);
        assertThat(rate(linear, 99, 0)).isCloseTo(0.01, within(1e-12));
        assertThat(rate(linear, 5000, 0)).isCloseTo(0.01, within(1e-12));
        assertThatThrownBy(() -> warming(RateSchedule.LINEAR, 100, 100))
                .hasMessage(
                        "optimizer.decaySteps must be 0 (by epochs) or more than optimizer.warmupSteps (100), got 100.");
    }

    @Test
    void refusesNumbersThatCannotBe() {
        assertThatThrownBy(() -> OptimizerConfig.adam(-1))
                .isInstanceOf(InputException.class)
                .hasMessage("optimizer.rate must be above 0, got -1.0.");
    }
}
