package io.inkstone.models.diffusion;

import static io.inkstone.models.diffusion.TinyDiffusion.draw;
import static io.inkstone.models.diffusion.TinyDiffusion.keys;
import static io.inkstone.models.diffusion.TinyDiffusion.model;
import static io.inkstone.models.diffusion.TinyDiffusion.request;
import static io.inkstone.models.diffusion.TinyDiffusion.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.diffusion.grid.GridChoice;
import io.inkstone.diffusion.sampler.DdimInversion;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.layers.Layer;
import io.inkstone.models.diffusion.DiffusionSettings.DiffusionGroup;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is drawn. */
class DiffusionDrawingTest {
    @ParameterizedTest
    @EnumSource
    void drawsTheSameTwiceWithEverySampler(SamplerChoice choice) {
        try (DiffusionModel model = model(DiffusionGroup.PUBLISHED)) {
            SamplingOptions options = SamplingOptions.of(choice.word(), 6);
            List<String> seen = ((TinyDiffusion.TwoNumbers) model.network()).seen;
            float[] once = draw(model, options);
            assertThat(seen)
                    .hasSize(
                            switch (choice) {
                                case HEUN -> 11;
                                case PLMS -> 7;
                                default -> 6;
                            })
                    .containsOnly("2 pictures, 1 times, 2 contexts");
            assertThat(draw(model, options)).isEqualTo(once).doesNotContain(Float.NaN);
            assertThat(model.steps(
                            SamplingOptions.of(Optional.of(choice.word()), Optional.empty(), OptionalInt.empty())))
                    .isBetween(choice == SamplerChoice.CONSISTENCY ? 2 : 15, 500);
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
            Tensor noise = Layer.evaluating(() -> new DdimInversion(3)
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
            GenerationRequest told =
                    request(plain).withConditions(List.of(Condition.classes(1, 0), Condition.classes(0, 1)));
            float[] unguided = run(model, told);
            SamplingOptions strong = plain.withGuidance(Guidance.of(4));
            float[] guided = run(model, told.withSampling(strong));
            List<Condition> avoided = List.of(Condition.classes(0, 1), Condition.classes(0, 1));
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
            assertThatThrownBy(() -> run(model, request(strong)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("weight of 4.0 has nothing to lead towards");
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
}
