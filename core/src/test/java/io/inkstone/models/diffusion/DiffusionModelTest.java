package io.inkstone.models.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.LevelDraw;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.diffusion.grid.GridChoice;
import io.inkstone.diffusion.sampler.DdimInversion;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.diffusion.training.LogNormalLevels;
import io.inkstone.diffusion.training.LogitNormalLevels;
import io.inkstone.layers.Layer;
import io.inkstone.models.Generation;
import io.inkstone.models.GenerationRequest;
import io.inkstone.models.SamplingOptions;
import io.inkstone.models.TinyTraining;
import io.inkstone.models.diffusion.DiffusionSettings.DiffusionGroup;
import io.inkstone.models.unet.DiffusionNetwork;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.StepReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The model with a network of two numbers: nothing of it knows a U-Net. */
class DiffusionModelTest {
    private static final List<String> CLASSES = List.of("upper", "left");

    /** Answers noisy·(weight + time) + bias·context: enough to learn, and to see what it was given. */
    private static final class TwoNumbers extends Layer implements DiffusionNetwork {
        private final Tensor weight = parameter("weight", Tensors.of(new float[] {0.5f}, 1));
        private final Tensor bias = parameter("bias", Tensors.of(new float[] {0.1f, -0.2f}, 1, 2));
        private final List<String> seen = new ArrayList<>();

        @Override
        public Layer layer() {
            return this;
        }

        @Override
        public int channels() {
            return 1;
        }

        @Override
        public int side() {
            return 4;
        }

        @Override
        public int classes() {
            return 2;
        }

        @Override
        public Tensor apply(Tensor noisy, Tensor time, Tensor context) {
            seen.add("%d pictures, %d times, %d contexts".formatted(noisy.size(0), time.numel(), context.size(0)));
            return pass(noisy, () -> {
                Tensor shift = context.mul(bias).sum(1).reshape(-1, 1, 1, 1);
                return noisy.mul(weight.add(time.reshape(-1, 1, 1, 1).mul(new Scalar(0.1))))
                        .add(shift);
            });
        }
    }

    private static DiffusionGroup keys(PathChoice path, TargetChoice target, WeightChoice weight, LevelsChoice levels) {
        return new DiffusionGroup(path, 20, 0.001, 0.2, 0.002, 80, false, target, 0.5, weight, levels, 0.1);
    }

    private static DiffusionModel model(DiffusionGroup keys) {
        try (Scope scope = Scope.open()) {
            return new DiffusionModel(new TwoNumbers(), keys, CLASSES);
        }
    }

    static Stream<Arguments> processes() {
        List<Arguments> all = new ArrayList<>();
        for (PathChoice path : PathChoice.values()) {
            for (TargetChoice target : TargetChoice.values()) {
                boolean silent = target == TargetChoice.NOISE || target == TargetChoice.EDM;
                if (path != PathChoice.FLOW || !silent) {
                    all.add(Arguments.of(path, target));
                }
            }
        }
        return all.stream();
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("processes")
    void learnsAndDrawsOnEveryPathWithEveryTarget(PathChoice path, TargetChoice target) {
        try (DiffusionModel model = model(keys(path, target, WeightChoice.NONE, LevelsChoice.UNIFORM))) {
            List<StepReport> reports = TinyTraining.train(model, TinyTraining.form(1, 4), 5, 1e-2);
            assertThat(reports).allMatch(report -> Double.isFinite(report.loss()) && report.loss() > 0);
            assertThat(TinyTraining.leaked(model, TinyTraining.form(1, 4))).isZero();
            float[] pictures = draw(model, SamplingOptions.of("ddim", 5));
            assertThat(pictures).hasSize(2 * 16).doesNotContain(Float.NaN, Float.POSITIVE_INFINITY);
        }
    }

    @ParameterizedTest
    @EnumSource
    void weighsErrorsByLevel(WeightChoice weight) {
        try (DiffusionModel plain =
                        model(keys(PathChoice.COSINE, TargetChoice.NOISE, WeightChoice.NONE, LevelsChoice.UNIFORM));
                DiffusionModel weighed =
                        model(keys(PathChoice.COSINE, TargetChoice.NOISE, weight, LevelsChoice.UNIFORM))) {
            double one = firstLoss(plain);
            double other = firstLoss(weighed);
            switch (weight) {
                case NONE -> assertThat(other).isEqualTo(one);
                case MIN_SNR -> assertThat(other).isLessThan(one);
                case KARRAS -> assertThat(other).isGreaterThan(one);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void drawsLevelsByEveryRule(LevelsChoice levels) {
        DiffusionGroup keys = keys(PathChoice.EDM, TargetChoice.EDM, WeightChoice.NONE, levels);
        switch (levels) {
            case UNIFORM ->
                assertThat(keys.process().draw().getClass())
                        .isEqualTo(LevelDraw.uniform(20).getClass());
            case LOG_NORMAL -> assertThat(keys.process().draw()).isInstanceOf(LogNormalLevels.class);
            case LOGIT_NORMAL -> assertThat(keys.process().draw()).isInstanceOf(LogitNormalLevels.class);
        }
        try (DiffusionModel model = model(keys)) {
            assertThat(firstLoss(model)).isFinite().isPositive();
        }
    }

    private static double firstLoss(DiffusionModel model) {
        return TinyTraining.train(model, TinyTraining.form(1, 4), 1, 1e-9)
                .get(0)
                .loss();
    }

    @ParameterizedTest
    @EnumSource
    void drawsTheSameTwiceWithEverySampler(SamplerChoice choice) {
        try (DiffusionModel model = model(DiffusionGroup.PUBLISHED)) {
            SamplingOptions options = SamplingOptions.of(choice.word(), 6);
            List<String> seen = ((TwoNumbers) model.network()).seen;
            float[] once = draw(model, options);
            assertThat(seen)
                    .hasSize(choice == SamplerChoice.HEUN ? 11 : 6)
                    .containsOnly("2 pictures, 1 times, 2 contexts");
            assertThat(draw(model, options)).isEqualTo(once).doesNotContain(Float.NaN);
            assertThat(model.steps(
                            SamplingOptions.of(Optional.of(choice.word()), Optional.empty(), OptionalInt.empty())))
                    .isBetween(15, 500);
        }
    }

    @ParameterizedTest
    @EnumSource
    void visitsTheGridThatIsNamed(GridChoice choice) {
        try (DiffusionModel model = model(DiffusionGroup.PUBLISHED)) {
            SamplingOptions options =
                    SamplingOptions.of(Optional.of("ddim"), Optional.of(choice.word()), OptionalInt.of(4));
            assertThat(model.grid(options)).hasSize(5);
            List<Double> met = new ArrayList<>();
            run(model, request(options).withListener((step, from, noisy) -> met.add(from.time())));
            assertThat(met)
                    .isEqualTo(model.grid(options).stream()
                            .limit(4)
                            .map(Level::time)
                            .toList());
        }
    }

    /** Half of the deviation of the path of EDM is 40 times the unit noise that seeds give. */
    @Test
    void startsAsNoisyAsThePathIs() {
        try (DiffusionModel model =
                model(keys(PathChoice.EDM, TargetChoice.EDM, WeightChoice.NONE, LevelsChoice.UNIFORM))) {
            NdArray start;
            try (Scope scope = Scope.open()) {
                start = Tensors.toArray(model.start(List.of(0L, 1L)));
            }
            assertThat(draw(model, SamplingOptions.of("ddim", 4)))
                    .isEqualTo(run(model, request(SamplingOptions.of("ddim", 4)).withStart(start)));
            assertThat(model.grid(SamplingOptions.of("ddim", 4)).get(0).deviation())
                    .isCloseTo(80, within(0.01));
        }
    }

    /** NumPy writes float64 unless told otherwise. */
    @Test
    void startsFromNoiseOfAnyType() {
        try (DiffusionModel model = model(DiffusionGroup.PUBLISHED)) {
            SamplingOptions options = SamplingOptions.of("ddim", 3);
            float[] values = new float[32];
            double[] doubles = new double[32];
            for (int i = 0; i < values.length; i++) {
                doubles[i] = values[i] = i / 16f - 1;
            }
            assertThat(run(model, request(options).withStart(NdArray.of(doubles, 2, 1, 4, 4))))
                    .isEqualTo(run(model, request(options).withStart(NdArray.of(values, 2, 1, 4, 4))));
        }
    }

    /** i = T, i divisible by 20, or i < 8 of all levels; every step of anything shorter, so that films end with the picture. */
    @Test
    void longWaysAreFilmedInParts() {
        try (DiffusionModel model = model(DiffusionGroup.PUBLISHED)) {
            assertThat(frames(model, "ddpm", 500))
                    .hasSize(32)
                    .startsWith(1, 21, 41)
                    .endsWith(499, 500);
            assertThat(frames(model, "ddpm", 30)).hasSize(30);
            assertThat(frames(model, "ddim", 500)).hasSize(500);
        }
    }

    private static List<Integer> frames(DiffusionModel model, String sampler, int steps) {
        SamplingOptions options = SamplingOptions.of(sampler, steps);
        return IntStream.rangeClosed(1, steps)
                .filter(step -> model.keepsFrame(options, step))
                .boxed()
                .toList();
    }

    @Test
    void whatIsInvertedIsDrawnAgain() {
        try (DiffusionModel model = model(DiffusionGroup.PUBLISHED);
                Scope scope = Scope.open()) {
            SamplingOptions options = SamplingOptions.of("ddim", 50);
            GenerationRequest request = request(options);
            Tensor picture = Tensors.of(new float[32], 2, 1, 4, 4).add(new Scalar(0.25));
            Tensor noise = model.network().evaluating(() -> new DdimInversion(3)
                    .invert(model.denoiser(request), picture, model.grid(options), SamplingListener.NONE));
            float[] again = run(model, request.withStart(Tensors.toArray(noise)));
            for (float value : again) {
                assertThat((double) value).isCloseTo(0.25, within(0.01));
            }
        }
    }

    @Test
    void guidanceChangesPictures() {
        try (DiffusionModel model = model(DiffusionGroup.PUBLISHED)) {
            SamplingOptions plain = SamplingOptions.of("ddim", 5);
            GenerationRequest told = request(plain).withContexts(List.of(new float[] {1, 0}, new float[] {0, 1}));
            float[] unguided = run(model, told);
            SamplingOptions strong = plain.withGuidance(Guidance.of(4));
            float[] guided = run(model, told.withSampling(strong));
            List<float[]> avoided = List.of(new float[] {0, 1}, new float[] {0, 1});
            assertThat(guided).isNotEqualTo(unguided);
            assertThat(run(model, told.withSampling(plain.withGuidance(new Guidance(4, 1, 0, 100)))))
                    .isNotEqualTo(guided);
            assertThat(run(model, told.withSampling(plain.withGuidance(new Guidance(4, 0, 200, 300)))))
                    .isEqualTo(unguided);
            assertThat(run(model, told.withSampling(strong).withAvoided(avoided)))
                    .isNotEqualTo(guided);
            assertThatThrownBy(() -> run(model, told.withAvoided(avoided)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("--guidance 3");
        }
    }

    @Test
    void holdsGuessesInOneWay() {
        try (DiffusionModel model = model(DiffusionGroup.PUBLISHED)) {
            SamplingOptions plain = SamplingOptions.of("ddim", 5);
            SamplingOptions threshold = new SamplingOptions(
                    plain.sampler(), plain.grid(), plain.steps(), 0, Guidance.NONE, false, OptionalDouble.of(0.9));
            for (float value : draw(model, threshold)) {
                assertThat(value).isBetween(-1f, 1f);
            }
            assertThatThrownBy(() -> threshold.withClamp(true))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("choose one");
        }
    }

    @Test
    void whatDoesNotGoTogetherIsRefusedBeforeTraining() {
        assertThatThrownBy(
                        () -> model(keys(PathChoice.FLOW, TargetChoice.NOISE, WeightChoice.NONE, LevelsChoice.UNIFORM)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("--set diffusion.target=velocity");
        DiffusionGroup zero = new DiffusionGroup(
                PathChoice.FLOW,
                20,
                0.001,
                0.2,
                0.002,
                80,
                true,
                TargetChoice.VELOCITY,
                0.5,
                WeightChoice.NONE,
                LevelsChoice.UNIFORM,
                0.1);
        assertThatThrownBy(() -> model(zero))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("zeroTerminalSnr");
        for (int levels : new int[] {-5, 0, Integer.MAX_VALUE}) {
            for (PathChoice path : PathChoice.values()) {
                assertThatThrownBy(() -> model(withLevels(path, levels)))
                        .isInstanceOf(InputException.class)
                        .hasMessageContaining("diffusion.steps, the number of noise levels, is 1 to 1,000,000, got ");
            }
        }
    }

    private static DiffusionGroup withLevels(PathChoice path, int levels) {
        return new DiffusionGroup(
                path,
                levels,
                0.001,
                0.2,
                0.002,
                80,
                false,
                TargetChoice.VELOCITY,
                0.5,
                WeightChoice.NONE,
                LevelsChoice.UNIFORM,
                0.1);
    }

    private static GenerationRequest request(SamplingOptions options) {
        return GenerationRequest.of(2, 0).withSampling(options);
    }

    private static float[] draw(DiffusionModel model, SamplingOptions options) {
        return run(model, request(options));
    }

    private static float[] run(DiffusionModel model, GenerationRequest request) {
        return new Generation(model, ComputeDevice.CPU, Precision.FLOAT32, 8)
                .pictures(request)
                .toFloats();
    }
}
