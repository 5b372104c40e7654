package io.inkstone.models.diffusion;

import static io.inkstone.models.diffusion.TinyDiffusion.keys;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.condition.ClassEncoder;
import io.inkstone.condition.Told;
import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.LevelBatch;
import io.inkstone.diffusion.NoisePath;
import io.inkstone.diffusion.PictureNoise;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.diffusion.Target;
import io.inkstone.diffusion.sampler.ConsistencySampler;
import io.inkstone.image.Size;
import io.inkstone.layers.Layer;
import io.inkstone.models.TinyTraining;
import io.inkstone.models.unet.DiffusionNetwork;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Consistency tuning of data from N(m, s²), a value a picture. With y = x/α over u = σ/α the way is known: y − m shrinks as √(s² +
 * u²), so that from (y, u) it leads to m + (y − m)·g with g = s/√(s² + u²), and the mean of what may have been there is m + (y −
 * m)·g². The network's one number is the exponent of g: 1 is the consistency function, 2 is the best denoiser.
 */
class ConsistencyObjectiveTest {
    private static final double MEAN = 0.3;
    private static final double SPREAD = 0.5;
    private static final ConditionDrop NOTHING =
            new ConditionDrop(new ClassEncoder(List.of(), 1, () -> ComputeDevice.CPU), 0);
    private static final int PICTURES = 3_000;
    /** Nearly squared errors: the loss is then that of the mathematics. */
    private static final double SQUARED = 1e3;

    private static final class Exponent extends Layer implements DiffusionNetwork {
        private final Tensor exponent;
        private final DiffusionProcess process;

        Exponent(double value, DiffusionProcess process) {
            this.process = process;
            exponent = parameter("exponent", Tensors.of(new float[] {(float) value}, 1));
        }

        @Override
        public Layer layer() {
            return this;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public Size size() {
            return Size.square(1);
        }

        @Override
        public int classes() {
            return 1;
        }

        /** The answer whose clean picture is m + (y − m)·g^exponent; what it is told is the time of its level. */
        @Override
        public Tensor apply(Tensor input, Tensor time, Told told) {
            double[] times = Tensors.toDoubles(time.to(ScalarType.Double));
            return pass(input, () -> {
                List<Level> levels = new ArrayList<>();
                for (double each : times) {
                    levels.add(level(each));
                }
                LevelBatch batch = new LevelBatch(levels, ComputeDevice.CPU);
                Target target = process.target();
                Tensor noisy = batch.scaled(input, level -> 1 / target.inputScale(level));
                Tensor gain = batch.numbers(level -> Math.log(SPREAD / Math.hypot(SPREAD, level.ratio())))
                        .mul(exponent)
                        .exp()
                        .reshape(-1, 1, 1, 1);
                Tensor clean = batch.scaled(noisy, level -> 1 / level.alpha())
                        .sub(new Scalar(MEAN))
                        .mul(gain)
                        .add(new Scalar(MEAN));
                // answer = a·clean + b·ε with ε = (noisy − α·clean)/σ
                return batch.mixed(
                        level -> target.answer(level).ofClean()
                                - target.answer(level).ofNoise() * level.alpha() / level.sigma(),
                        clean,
                        level -> target.answer(level).ofNoise() / level.sigma(),
                        noisy);
            });
        }

        private Level level(double time) {
            NoisePath path = process.path();
            return process.target().inputTime(path.at(0.5)) == 0.5
                    ? path.at(time)
                    : path.at(path.timeOf(Math.exp(4 * time)));
        }
    }

    static Stream<Arguments> processes() {
        return Stream.of(
                Arguments.of(PathChoice.COSINE, TargetChoice.NOISE),
                Arguments.of(PathChoice.LINEAR, TargetChoice.VELOCITY),
                Arguments.of(PathChoice.EDM, TargetChoice.EDM),
                Arguments.of(PathChoice.FLOW, TargetChoice.FLOW));
    }

    private static DiffusionProcess process(PathChoice path, TargetChoice target) {
        return keys(path, target, WeightChoice.NONE, LevelsChoice.LOG_NORMAL).process();
    }

    /** At first the best answer is diffusion's; the nearer the levels, the nearer it comes to the consistency function. */
    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("processes")
    void leadsFromTheDenoiserToTheConsistencyFunction(PathChoice path, TargetChoice target) {
        DiffusionProcess process = process(path, target);
        // ρ is 0 at all levels where n(t) ≥ q, and 0 everywhere for q just above 1.
        ConsistencySchedule whole = new ConsistencySchedule(1.0001, 1, 1, SQUARED);
        assertThat(slope(2, process, whole)).isCloseTo(0, within(0.06 * Math.abs(slope(1, process, whole))));
        ConsistencySchedule narrow = new ConsistencySchedule(2, 1, 8, SQUARED);
        double below = slope(0.8, process, narrow);
        double at = slope(1, process, narrow);
        double above = slope(1.4, process, narrow);
        assertThat(below).as("slopes %s, %s, %s", below, at, above).isNegative();
        assertThat(above).isPositive();
        assertThat(Math.abs(at)).isLessThan(0.3 * Math.min(-below, above));
    }

    /** How the loss grows with the exponent, at the schedule's last stage. */
    private static double slope(double exponent, DiffusionProcess process, ConsistencySchedule schedule) {
        try (Scope scope = Scope.open()) {
            Exponent network = new Exponent(exponent, process);
            Phase phase = new ConsistencyObjective(network, process, NOTHING, schedule)
                    .asObjective()
                    .phases()
                    .get(0);
            Tensor loss = phase.losses(batch(), TinyTraining.draws(1000)).total();
            loss.backward();
            return Tensors.toDouble(network.exponent.grad());
        }
    }

    private static Batch batch() {
        Tensor clean = Tensors.normal(new Seed(11).generator(Seed.Purpose.SAMPLING), PICTURES, 1, 1, 1)
                .mul(new Scalar(SPREAD))
                .add(new Scalar(MEAN));
        return new Batch(clean, List.of(), true);
    }

    /** One step with the consistency function gives the data's own spread; with the denoiser it gives less. */
    @Test
    void oneStepDrawsTheData() {
        DiffusionProcess process = process(PathChoice.COSINE, TargetChoice.NOISE);
        for (int steps : new int[] {1, 2, 4}) {
            assertThat(spread(1, steps, process)).isCloseTo(SPREAD, within(0.03 * SPREAD));
        }
        assertThat(spread(2, 1, process)).isLessThan(0.1 * SPREAD);
    }

    private static double spread(double exponent, int steps, DiffusionProcess process) {
        try (Scope scope = Scope.open();
                PictureNoise noise = new PictureNoise(4)) {
            Denoiser denoiser = (noisy, level) -> {
                double gain = Math.pow(SPREAD / Math.hypot(SPREAD, level.ratio()), exponent);
                return Tensors.scale(noisy, gain / level.alpha()).add_(new Scalar(MEAN * (1 - gain)));
            };
            List<Level> levels = new ArrayList<>();
            for (int k = 0; k <= steps; k++) {
                levels.add(process.path().at((double) (steps - k) / steps * 0.95));
            }
            Tensor drawn = new ConsistencySampler()
                    .sample(denoiser, noise.next(1, 1, 100, 100), levels, noise, SamplingListener.NONE);
            return Tensors.toDouble(drawn.std());
        }
    }

    @Test
    void theGapIsHalvedWithEveryStage() {
        ConsistencySchedule schedule = ConsistencySchedule.usual(100, 3 * 16 * 16);
        assertThat(schedule.huber()).isCloseTo(0.00054 * Math.sqrt(768), within(1e-12));
        assertThat(schedule.stage(0)).isEqualTo(1);
        assertThat(schedule.stage(99)).isEqualTo(1);
        assertThat(schedule.stage(100)).isEqualTo(2);
        assertThat(schedule.stage(1_000_000)).isEqualTo(8);
        assertThat(schedule.stage(-1)).isEqualTo(8);
        // n(t) is 1 + 8/(1 + e^t): 5 at t = 0, and 1 far out.
        assertThat(schedule.kept(0, 700)).isCloseTo(1 - 5 / 256.0, within(1e-12));
        assertThat(schedule.kept(0, 0)).isZero();
        assertThat(schedule.kept(50, 0)).isCloseTo(0.5, within(1e-12));
        assertThat(schedule.weight(new Level(1, 1, 2), 700))
                .isCloseTo(1 / (2 * (1 + 8 / (1 + Math.exp(2))) / 256), within(1e-9));
    }

    /** The gap is one of noise per signal, whatever the path; pure noise has a neighbour too. */
    @Test
    void findsTheNearerLevelOnTheModelsPath() {
        ConsistencySchedule schedule = ConsistencySchedule.usual(100, 768);
        for (PathChoice choice : List.of(PathChoice.COSINE, PathChoice.EDM, PathChoice.FLOW)) {
            NoisePath path = keys(choice, TargetChoice.VELOCITY, WeightChoice.NONE, LevelsChoice.UNIFORM)
                    .process()
                    .path();
            Level level = path.at(0.6);
            assertThat(schedule.nearer(path, level, 500).ratio() / level.ratio())
                    .isCloseTo(schedule.kept(level.ratio(), 500), within(1e-6));
            // Nothing is kept of levels with little noise at first: what they are compared with is the picture itself.
            assertThat(schedule.nearer(path, path.at(path.timeOf(0.5)), 0).ratio())
                    .isLessThan(1.1e-4);
        }
        NoisePath flow = keys(PathChoice.FLOW, TargetChoice.FLOW, WeightChoice.NONE, LevelsChoice.UNIFORM)
                .process()
                .path();
        assertThat(schedule.nearer(flow, flow.at(1), 700).time()).isCloseTo(255 / 256.0, within(1e-12));
        assertThat(schedule.weight(flow.at(1), 700)).isCloseTo(256 / 80.0, within(1e-9));
    }

    @Test
    void refusesWhatCannotBeTuned() {
        assertThatThrownBy(() -> new ConsistencyObjective(
                        null, process(PathChoice.COSINE, TargetChoice.CLEAN), NOTHING, ConsistencySchedule.usual(1, 1)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("would have to copy it");
        assertThatThrownBy(() -> new ConsistencySchedule(1, 1, 1, 1))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("base > 1");
    }
}
