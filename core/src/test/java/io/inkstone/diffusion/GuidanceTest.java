package io.inkstone.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.golden.SamplerReferences;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class GuidanceTest {
    private static final Level LEVEL = new Level(0.5, 0.8, 0.6);

    @Test
    void goesBeyondTheConditionAwayFromNone() {
        assertThat(guided(Guidance.of(1), LEVEL)).isEqualTo(3);
        assertThat(guided(Guidance.of(0), LEVEL)).isEqualTo(1);
        assertThat(guided(Guidance.of(2), LEVEL)).isEqualTo(5);
    }

    /** The interval is one of σ/α, here 0.75: above its lower end, and up to its upper. */
    @Test
    void actsInsideItsIntervalOnly() {
        assertThat(guided(new Guidance(2, 0, 0.7, 0.8), LEVEL)).isEqualTo(5);
        assertThat(guided(new Guidance(2, 0, 0.75, 0.8), LEVEL)).isEqualTo(3);
        assertThat(guided(new Guidance(2, 0, 0.8, 5), LEVEL)).isEqualTo(3);
        assertThat(guided(new Guidance(2, 0, 0.1, 0.7), LEVEL)).isEqualTo(3);
        assertThat(guided(new Guidance(2, 0, 0.1, Double.POSITIVE_INFINITY), new Level(1, 0, 1)))
                .isEqualTo(5);
    }

    /** ε₀ + w·(ε_c − ε₀), with a conditional guess of 3 and an unconditional one of 1. */
    private static double guided(Guidance guidance, Level level) {
        try (Scope scope = Scope.open()) {
            Denoiser conditional = (noisy, at) -> Tensors.of(new float[] {3}, 1);
            Denoiser unconditional = (noisy, at) -> Tensors.of(new float[] {1}, 1);
            return Tensors.toDouble(guidance.around(conditional, unconditional).clean(Tensors.zeros(1), level));
        }
    }

    @Test
    void rescalesAsThePublishedFunctionDoes() {
        try (Scope scope = Scope.open()) {
            assertThat(SamplerReferences.values(
                            reference(new Guidance(3, 0.7, 0, 100)).clean(null, LEVEL)))
                    .containsExactly(SamplerReferences.numbers("guidance.rescaled"), within(1e-9));
        }
    }

    @Test
    void aWholeRescalingRestoresTheDeviation() {
        try (Scope scope = Scope.open()) {
            Tensor guided = reference(new Guidance(7, 1, 0, 100)).clean(null, LEVEL);
            for (int i = 0; i < 2; i++) {
                assertThat(Tensors.toDouble(guided.select(0, i).std()))
                        .isCloseTo(
                                Tensors.toDouble(SamplerReferences.formula(8)
                                        .select(0, i)
                                        .std()),
                                within(1e-9));
            }
        }
    }

    private static Denoiser reference(Guidance guidance) {
        return guidance.around(
                (noisy, level) -> SamplerReferences.formula(8), (noisy, level) -> SamplerReferences.formula(9));
    }

    @Test
    void thresholdsAsThePublishedFunctionDoes() {
        try (Scope scope = Scope.open()) {
            Denoiser held = new DynamicThreshold(0.9).around(reference(Guidance.of(3)));
            assertThat(SamplerReferences.values(held.clean(null, LEVEL)))
                    .containsExactly(SamplerReferences.numbers("guidance.threshold"), within(1e-6));
        }
    }

    @Test
    void aThresholdLeavesWhatIsInside() {
        try (Scope scope = Scope.open()) {
            float[] inside = {-0.9f, 0.2f, 0.5f, 0.9f};
            Denoiser tame = (noisy, level) -> Tensors.of(inside, 1, 1, 2, 2);
            assertThat(Tensors.toFloats(new DynamicThreshold(0.5).around(tame).clean(null, LEVEL)))
                    .isEqualTo(inside);
        }
    }

    @Test
    void refusesImpossibleNumbers() {
        assertThatThrownBy(() -> Guidance.of(Double.NaN)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> new Guidance(2, 1.5, 0, 1)).hasMessageContaining("[0, 1], got 1.5");
        assertThatThrownBy(() -> new Guidance(2, 0, 5, 1)).hasMessageContaining("such as 0.3:5, got 5.0:1.0");
        assertThatThrownBy(() -> new DynamicThreshold(1.5)).hasMessageContaining("such as 0.995, got 1.5");
    }

    @Test
    void clampedGuessesStayInside() {
        try (Scope scope = Scope.open()) {
            Denoiser wild = (noisy, level) -> Tensors.of(new float[] {-3, 0.5f, 7}, 3);
            assertThat(Tensors.toFloats(wild.clamped(-1, 1).clean(Tensors.zeros(3), LEVEL)))
                    .containsExactly(-1, 0.5f, 1);
        }
    }

    @Test
    void pictureNoiseDependsOnTheSeedAlone() {
        try (Scope scope = Scope.open();
                PictureNoise alone = new PictureNoise(8);
                PictureNoise together = new PictureNoise(7, 8)) {
            for (int draw = 0; draw < 3; draw++) {
                float[] one = Tensors.toFloats(alone.next(1, 1, 2, 2));
                float[] second = Tensors.toFloats(together.next(2, 1, 2, 2).select(0, 1));
                assertThat(second).isEqualTo(one);
            }
        }
    }
}
