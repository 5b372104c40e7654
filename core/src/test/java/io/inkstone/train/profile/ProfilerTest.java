package io.inkstone.train.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.layers.Activation;
import io.inkstone.layers.Conv2d;
import io.inkstone.layers.ConvTranspose2d;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Linear;
import io.inkstone.layers.Recomputation;
import io.inkstone.layers.Sequence;
import io.inkstone.layers.Unary;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.LiveObjects;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.BatchSource;
import io.inkstone.train.Losses;
import io.inkstone.train.Objective;
import io.inkstone.train.OptimizerConfig;
import io.inkstone.train.SlowSource;
import io.inkstone.train.Stage;
import io.inkstone.train.Trainer;
import io.inkstone.train.TrainingPlan;
import io.inkstone.train.profile.StepProfile.LayerTime;
import io.inkstone.train.profile.StepProfile.Operation;
import io.inkstone.train.profile.StepProfile.Pass;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Structure, counts and work; how long anything takes is nobody's promise. */
class ProfilerTest {
    private static final int BATCH = 2;
    private static final int SIDE = 8;
    /** Multiplications and additions of a 3×3 convolution from 3 to 4 channels over two pictures of 8×8, by 10⁹. */
    private static final double FIRST = 2.0 * BATCH * SIDE * SIDE * 4 * 3 * 9 / 1e9;

    private static Sequence convolutions() {
        Initializer init = Initializer.seeded(new Seed(1));
        return new Sequence(Conv2d.same(init, 3, 4), Activation.relu(), new ConvTranspose2d(init, 4, 3, 3, 1, 1, 0));
    }

    private static StepProfile profile(Sequence network, Objective objective, Precision precision, BatchSource source) {
        TrainingPlan plan =
                new TrainingPlan(1, 1, OptimizerConfig.adam(1e-3), precision, ComputeDevice.CPU, new Seed(2));
        try (network;
                Trainer trainer = new Trainer(objective, plan, Optional.empty())) {
            return new Profiler(trainer, source, 100).run();
        }
    }

    private static StepProfile profile(Sequence network, Precision precision) {
        return profile(network, plain(network), precision, source(100));
    }

    private static Objective plain(Sequence network) {
        return Objective.of(
                network,
                (batch, draws) ->
                        Losses.of(Tensors.meanSquaredError(network.apply(batch.pictures()), batch.pictures())));
    }

    private static BatchSource source(int batches) {
        return (epoch, inEpoch) -> new BatchSource.Batches() {
            private int next = inEpoch / BATCH;

            @Override
            public boolean hasNext() {
                return next < batches;
            }

            @Override
            public Batch next() {
                next++;
                Tensor pictures =
                        Tensors.normal(new Seed(next).generator(Seed.Purpose.ORDER, next), BATCH, 3, SIDE, SIDE);
                return new Batch(Tensors.channelsLast(pictures), List.of(), next == batches);
            }

            @Override
            public double secondsWaited() {
                return 0;
            }

            @Override
            public void close() {}
        };
    }

    private static List<Operation> of(StepProfile profile, Pass pass, String name) {
        return profile.operations().stream()
                .filter(each -> each.pass() == pass && each.name().equals(name))
                .toList();
    }

    @Test
    void aConvolutionHasItsShapeItsCallsAndItsWork() {
        StepProfile profile = profile(convolutions(), Precision.FLOAT32);
        assertThat(of(profile, Pass.FORWARD, "Conv2d")).singleElement().satisfies(each -> {
            assertThat(each.calls()).isEqualTo(1);
            assertThat(each.shape()).isEqualTo("[2, 3, 8, 8] → [2, 4, 8, 8]");
            assertThat(each.gigaflop()).isCloseTo(FIRST, within(1e-12));
        });
        assertThat(profile.batch()).isEqualTo(BATCH);
        assertThat(profile.steps()).isBetween(1, 9);
        assertThat(profile.plainMilliseconds()).isPositive();
    }

    /** The picture wants no gradient, the map between the two convolutions does. */
    @Test
    void backwardCountsOnlyTheGradientsThatAreWanted() {
        StepProfile profile = profile(convolutions(), Precision.FLOAT32);
        List<Operation> back = of(profile, Pass.BACKWARD, "Convolution");
        assertThat(back).extracting(Operation::layer).containsExactlyInAnyOrder("Conv2d", "ConvTranspose2d");
        for (Operation each : back) {
            double products = each.layer().equals("Conv2d") ? 1 : 2;
            assertThat(each.gigaflop()).as(each.layer()).isCloseTo(products * FIRST, within(1e-12));
        }
        assertThat(of(profile, Pass.BACKWARD, "AccumulateGrad")).isNotEmpty();
    }

    @Test
    void layersHaveTheirNamesAndBothPasses() {
        StepProfile profile = profile(convolutions(), Precision.FLOAT32);
        assertThat(profile.layers()).extracting(LayerTime::name).contains("0", "1", "2", "");
        LayerTime first = profile.layers().stream()
                .filter(layer -> layer.name().equals("0"))
                .findFirst()
                .orElseThrow();
        assertThat(first.kind()).isEqualTo("Conv2d");
        assertThat(first.forward()).isPositive();
        assertThat(first.backward()).isPositive();
        assertThat(first.forwardGigaflop()).isCloseTo(FIRST, within(1e-12));
        assertThat(profile.layers()).isSortedAccordingTo((a, b) -> Double.compare(b.milliseconds(), a.milliseconds()));
        assertThat(profile.operations())
                .isSortedAccordingTo((a, b) -> Double.compare(b.milliseconds(), a.milliseconds()));
    }

    @Test
    void stagesAddUpToTheStep() {
        StepProfile profile = profile(convolutions(), Precision.FLOAT32);
        assertThat(profile.stages())
                .containsKeys(Stage.DATA, Stage.FORWARD, Stage.BACKWARD, Stage.OPTIMIZER, Stage.AVERAGE);
        double sum = profile.stages().values().stream()
                .mapToDouble(Double::doubleValue)
                .sum();
        assertThat(sum).isCloseTo(profile.milliseconds(), within(1e-9));
        double seen = profile.operations().stream()
                .filter(each -> each.pass() == Pass.BACKWARD)
                .mapToDouble(Operation::milliseconds)
                .sum();
        assertThat(seen).isLessThanOrEqualTo(profile.stages().get(Stage.BACKWARD));
    }

    /** Sources block before they say that there is a batch. */
    @Test
    void waitingForDataIsPartOfTheStep() {
        Sequence network = convolutions();
        StepProfile profile = profile(network, plain(network), Precision.FLOAT32, new SlowSource(source(100), true));
        double least = 1000 * SlowSource.SECONDS;
        assertThat(profile.stages().get(Stage.DATA)).isGreaterThanOrEqualTo(least);
        assertThat(profile.plainMilliseconds()).isGreaterThanOrEqualTo(least);
    }

    @Test
    void aLinearLayerCountsTheTermThatIsAddedAsNoProduct() {
        Sequence network = new Sequence(new Linear(Initializer.seeded(new Seed(1)), 8, 8));
        Objective objective = Objective.of(network, (batch, draws) -> {
            Tensor rows = batch.pictures().contiguous().reshape(-1, 8);
            return Losses.of(Tensors.meanSquaredError(network.apply(rows), rows));
        });
        double work = 2.0 * BATCH * 3 * SIDE * 8 * 8 / 1e9;
        StepProfile profile = profile(network, objective, Precision.FLOAT32, source(100));
        assertThat(of(profile, Pass.FORWARD, "Linear")).singleElement().satisfies(each -> assertThat(each.gigaflop())
                .isCloseTo(work, within(1e-12)));
        assertThat(of(profile, Pass.BACKWARD, "Addmm")).singleElement().satisfies(each -> assertThat(each.gigaflop())
                .isCloseTo(work, within(1e-12)));
    }

    @Test
    void castsOfMixedPrecisionAreSeen() {
        StepProfile profile = profile(convolutions(), Precision.BFLOAT16);
        assertThat(of(profile, Pass.BACKWARD, "ToCopy")).isNotEmpty();
        assertThat(of(profile, Pass.BACKWARD, "Convolution")).hasSize(2);
    }

    @Test
    void whatIsComputedAgainIsSaid() {
        Initializer init = Initializer.seeded(new Seed(1));
        Unary block = new Sequence(Conv2d.same(init, 4, 4), Activation.relu());
        Sequence network = new Sequence(Conv2d.same(init, 3, 4), block, Conv2d.same(init, 4, 3));
        Objective objective = Objective.of(network, (batch, draws) -> {
            Recomputation recomputation = new Recomputation();
            Tensor made = network.apply(batch.pictures(), recomputation);
            return Losses.of(Tensors.meanSquaredError(made, batch.pictures())).outOf(recomputation);
        });
        StepProfile profile = profile(network, objective, Precision.FLOAT32, source(100));
        assertThat(of(profile, Pass.FORWARD, "Conv2d")).hasSize(3);
        assertThat(of(profile, Pass.AGAIN, "Conv2d")).singleElement().satisfies(each -> assertThat(each.shape())
                .isEqualTo("[2, 4, 8, 8] → [2, 4, 8, 8]"));
        assertThat(of(profile, Pass.BACKWARD, "Convolution")).hasSize(3);
    }

    /** The handles of hooks were handed to the graph and are empty, but are counted until Java collects them. */
    @Test
    void leavesNoNativeObjectsBehind() {
        profile(convolutions(), Precision.FLOAT32);
        long before = LiveObjects.held();
        profile(convolutions(), Precision.FLOAT32);
        assertThat(LiveObjects.held()).isEqualTo(before);
    }

    @Test
    void aRecipeThatEndsTooSoonIsSaid() {
        assertThatThrownBy(() -> profile(convolutions(), plain(convolutions()), Precision.FLOAT32, source(2)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("train.epochs");
    }
}
