package io.inkstone.diffusion;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import org.junit.jupiter.api.Test;

class GuidanceTest {
    private static final Level LEVEL = new Level(0.5, 0.8, 0.6);

    @Test
    void goesBeyondTheConditionAwayFromNone() {
        try (Scope scope = Scope.open()) {
            assertThat(guided(1)).isEqualTo(3);
            assertThat(guided(0)).isEqualTo(1);
            assertThat(guided(2)).isEqualTo(5);
        }
    }

    /** ε₀ + w·(ε_c − ε₀), with a conditional guess of 3 and an unconditional one of 1. */
    private static double guided(double weight) {
        Denoiser conditional = (noisy, level) -> Tensors.of(new float[] {3}, 1);
        Denoiser unconditional = (noisy, level) -> Tensors.of(new float[] {1}, 1);
        return Tensors.toDouble(
                Guidance.classifierFree(conditional, unconditional, weight).clean(Tensors.zeros(1), LEVEL));
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
