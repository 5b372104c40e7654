package io.inkstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.layers.Sequence;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A loss or a gradient that is no number costs one step and nothing else. */
class SkippedStepTest {
    private enum Spoils {
        LOSS,
        GRADIENT
    }

    private final List<SkippedStep> skipped = new ArrayList<>();
    private final List<StepReport> stepped = new ArrayList<>();
    private final Map<String, float[]> before = new TreeMap<>();
    private final Map<String, float[]> after = new TreeMap<>();

    /** The toy's objective, but batch {@code spoilt} costs no number, or a number whose gradient is none. */
    private static Objective objective(Sequence network, long spoilt, Spoils what) {
        Objective sound = Toy.objective(network);
        return Objective.of(network, (batch, draws) -> {
            Losses losses = sound.phases().get(0).losses(batch, draws);
            if (draws.batch() != spoilt) {
                return losses;
            }
            return Losses.of(
                    what == Spoils.LOSS
                            ? Tensors.scale(losses.total(), Double.NaN)
                            // √(0·loss) is 0, and its slope there is ∞
                            : losses.total()
                                    .add(Tensors.scale(losses.total(), 0).sqrt(), new Scalar(1)));
        });
    }

    private static TrainingPlan plan(int accumulate) {
        return new TrainingPlan(
                1,
                accumulate,
                OptimizerConfig.adam(1e-2),
                Precision.FLOAT32,
                ComputeDevice.CPU,
                new Seed(3),
                OnDivergence.SKIP);
    }

    private Position train(int accumulate, int batches, long spoilt, Spoils what) {
        try (Sequence network = Toy.network(1);
                Trainer trainer = new Trainer(objective(network, spoilt, what), plan(accumulate), Optional.empty())) {
            trainer.run(Toy.source(1, batches), List.of(new Listener() {
                @Override
                public void stepped(Trainer running, StepReport report) {
                    stepped.add(report);
                    copy(running, before);
                }

                @Override
                public void skipped(Trainer running, SkippedStep report) {
                    skipped.add(report);
                    copy(running, after);
                }
            }));
            network.state().forEach((name, tensor) -> assertThat(finite(Tensors.toFloats(tensor)))
                    .as(name)
                    .isTrue());
            return trainer.position();
        }
    }

    private void copy(Trainer trainer, Map<String, float[]> values) {
        if (skipped.size() < 2 && (values == after || skipped.isEmpty())) {
            Map<String, Tensor> all = new TreeMap<>(trainer.optimizerState());
            all.putAll(trainer.objective().network().state());
            all.forEach((name, tensor) -> values.put(name, Tensors.toFloats(tensor)));
        }
    }

    private static boolean finite(float[] values) {
        for (float value : values) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    @ParameterizedTest
    @EnumSource(Spoils.class)
    void leavesWeightsMomentsAndStatistics(Spoils what) {
        Position end = train(1, 12, 5, what);
        assertThat(skipped).hasSize(1);
        assertThat(skipped.get(0).position().step()).isEqualTo(6);
        assertThat(skipped.get(0).phases()).containsExactly("loss");
        assertThat(skipped.get(0).soFar()).isEqualTo(1);
        assertThat(stepped).hasSize(11).allMatch(report -> Double.isFinite(report.loss()));
        assertThat(after).containsOnlyKeys(before.keySet()).hasSizeGreaterThan(8);
        before.forEach((name, values) ->
                assertThat(Arrays.equals(values, after.get(name))).as(name).isTrue());
        assertThat(end.skipped()).isEqualTo(Map.of("loss", 1L));
        assertThat(end.step()).isEqualTo(12);
        assertThat(end.stepsOf("loss")).isEqualTo(11);
    }

    /** Whichever of its batches it was: the whole step is left out, and the next one begins anew. */
    @ParameterizedTest
    @EnumSource(Spoils.class)
    void oneOfSeveralBatchesSpoilsTheStep(Spoils what) {
        train(4, 16, 5, what);
        assertThat(skipped).extracting(report -> report.position().batches()).containsExactly(8L);
        assertThat(stepped).extracting(report -> report.position().batches()).containsExactly(4L, 12L, 16L);
    }

    /** The mean of an epoch is over the pictures whose losses are numbers. */
    @Test
    void theEpochsMeanLeavesItOut() {
        List<MeanLosses> epochs = new ArrayList<>();
        try (Sequence network = Toy.network(1);
                Trainer trainer = new Trainer(objective(network, 2, Spoils.LOSS), plan(1), Optional.empty())) {
            trainer.run(Toy.source(1, 6), List.of(new Listener() {
                @Override
                public void stepped(Trainer running, StepReport report) {
                    stepped.add(report);
                }

                @Override
                public void epochTrained(Trainer running, MeanLosses losses) {
                    epochs.add(losses);
                }
            }));
        }
        double mean = Toy.mean(stepped.stream().map(StepReport::loss).toList());
        assertThat(epochs.get(0).total()).isCloseTo(mean, org.assertj.core.api.Assertions.within(1e-9));
    }

    @Test
    void stopsWhereNobodyAskedToSkip() {
        try (Scope scope = Scope.open();
                Sequence network = Toy.network(1);
                Trainer trainer = new Trainer(objective(network, 2, Spoils.LOSS), Toy.plan(1, 1), Optional.empty())) {
            assertThatThrownBy(() -> trainer.run(Toy.source(1, 6), List.of()))
                    .isInstanceOf(DivergenceException.class)
                    .hasMessageContaining("train.onDivergence skip");
        }
    }
}
