package io.inkstone.models.diffusion;

import static io.inkstone.models.diffusion.TinyDiffusion.draw;
import static io.inkstone.models.diffusion.TinyDiffusion.keys;
import static io.inkstone.models.diffusion.TinyDiffusion.model;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.condition.Condition;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.LevelDraw;
import io.inkstone.diffusion.training.LogNormalLevels;
import io.inkstone.diffusion.training.LogitNormalLevels;
import io.inkstone.models.TinyTraining;
import io.inkstone.models.diffusion.DiffusionSettings.DiffusionGroup;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.train.StepReport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What is learned, and refused. */
class DiffusionModelTest {
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

    @Test
    void onlyContextDropoutShowsAnEmptyContext() {
        DiffusionGroup published = DiffusionGroup.PUBLISHED;
        try (DiffusionModel model = model(published);
                DiffusionModel always = model(withContextDropout(published, 0))) {
            assertThat(model.knowsEmptyContext()).isTrue();
            assertThat(always.knowsEmptyContext()).isFalse();
            GenerationRequest guided = GenerationRequest.of(1, 0)
                    .withConditions(List.of(Condition.classes(1, 0)))
                    .withSampling(SamplingOptions.of("ddim", 2).withGuidance(Guidance.of(3)));
            model.requirePossible(guided);
            always.requirePossible(guided.withAvoided(List.of(Condition.classes(0, 1))));
            assertThatThrownBy(() -> always.requirePossible(guided))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("never shown such")
                    .hasMessageContaining("diffusion.contextDropout=0.1");
        }
    }

    private static DiffusionGroup withContextDropout(DiffusionGroup keys, double share) {
        return new DiffusionGroup(
                keys.path(),
                keys.steps(),
                keys.betaStart(),
                keys.betaEnd(),
                keys.sigmaMin(),
                keys.sigmaMax(),
                keys.zeroTerminalSnr(),
                keys.target(),
                keys.sigmaData(),
                keys.lossWeight(),
                keys.levels(),
                share);
    }

    @Test
    void whatDoesNotGoTogetherIsRefusedBeforeTraining() {
        assertThatThrownBy(
                        () -> model(keys(PathChoice.FLOW, TargetChoice.NOISE, WeightChoice.NONE, LevelsChoice.UNIFORM)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("another target");
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
}
