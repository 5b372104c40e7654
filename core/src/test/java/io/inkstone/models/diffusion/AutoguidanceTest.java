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
import io.inkstone.condition.Condition;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.Level;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** A model led away from a weaker one. */
class AutoguidanceTest {
    private static final DiffusionSettings.DiffusionGroup KEYS =
            keys(PathChoice.COSINE, TargetChoice.VELOCITY, WeightChoice.NONE, LevelsChoice.UNIFORM);

    /** Answers half of what the model answers. */
    private static DiffusionModel weaker(TargetChoice target) {
        DiffusionModel weaker = model(keys(PathChoice.COSINE, target, WeightChoice.NONE, LevelsChoice.UNIFORM));
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin()) {
            weaker.network().state().get("weight").mul_(new Scalar(0.5));
        }
        return weaker;
    }

    /** clean = weaker + w·(own − weaker), each dressed by its own target. */
    @Test
    void leadsFromTheWeakerGuessThroughItsOwn() {
        for (TargetChoice target : List.of(TargetChoice.VELOCITY, TargetChoice.NOISE)) {
            try (DiffusionModel model = model(KEYS);
                    DiffusionModel weaker = weaker(target);
                    Scope scope = Scope.open();
                    NoGradient none = NoGradient.begin()) {
                Level level = model.process().path().at(0.4);
                Tensor noisy = Tensors.normal(new Seed(1).generator(Seed.Purpose.SAMPLING), 2, 1, 4, 4);
                SamplingOptions plain = SamplingOptions.of("ddim", 4);
                SamplingOptions strong = plain.withGuidance(Guidance.of(3));
                float[] own = clean(model, plain, noisy, level);
                float[] other = clean(weaker, plain, noisy, level);
                float[] guided = clean(model.guidedBy(weaker), strong, noisy, level);
                for (int i = 0; i < own.length; i++) {
                    assertThat(guided[i]).isCloseTo(other[i] + 3 * (own[i] - other[i]), within(1e-5f));
                }
            }
        }
    }

    private static float[] clean(DiffusionModel model, SamplingOptions options, Tensor noisy, Level level) {
        return Tensors.toFloats(model.denoiser(request(options)).clean(noisy, level));
    }

    /** No class is needed, and at weight 1 the weaker one is not asked. */
    @Test
    void drawsWithoutClassesAndAtWeightOneAsWithout() {
        try (DiffusionModel model = model(KEYS);
                DiffusionModel weaker = weaker(TargetChoice.VELOCITY)) {
            DiffusionModel guided = model.guidedBy(weaker);
            List<String> asked = ((TinyDiffusion.TwoNumbers) weaker.network()).seen;
            SamplingOptions plain = SamplingOptions.of("ddim", 4);
            assertThat(draw(guided, plain)).isEqualTo(draw(model, plain));
            assertThat(asked).isEmpty();
            assertThat(draw(guided, plain.withGuidance(Guidance.of(2)))).isNotEqualTo(draw(model, plain));
            assertThat(asked).hasSize(4);
        }
    }

    @Test
    void refusesWhatDoesNotFit() {
        Condition upper = new Condition.Classes(new float[] {1, 0});
        try (DiffusionModel model = model(KEYS);
                DiffusionModel weaker = weaker(TargetChoice.VELOCITY);
                DiffusionModel straight =
                        model(keys(PathChoice.FLOW, TargetChoice.FLOW, WeightChoice.NONE, LevelsChoice.UNIFORM))) {
            assertThatThrownBy(() -> model.guidedBy(straight))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("same path of noise");
            assertThatThrownBy(() -> model.guidedBy(model)).hasMessageContaining("guided by another one");
            assertThatThrownBy(() -> run(
                            model.guidedBy(weaker),
                            request(SamplingOptions.of("ddim", 4).withGuidance(Guidance.of(2)))
                                    .withAvoided(List.of(upper, upper))))
                    .hasMessageContaining("not from both");
        }
    }
}
