package io.inkstone.diffusion.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Target;
import io.inkstone.diffusion.path.LinearBetaPath;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for every target. A new one is added to {@link #targets}. */
class TargetsTest {
    private static final LinearBetaPath PATH = new LinearBetaPath(500, 1e-4, 0.02);
    private static final float[] CLEAN = {-1, -0.25f, 0.5f, 1};
    private static final float[] NOISE = {0.3f, -2, 1.5f, 0};

    static Stream<Target> targets() {
        return Stream.of(new NoiseTarget(), new CleanTarget(), new VelocityTarget());
    }

    @ParameterizedTest
    @MethodSource("targets")
    void aRightAnswerGivesTheCleanPictureBack(Target target) {
        for (int index : new int[] {1, 2, 250, 499, 500}) {
            Level level = PATH.at(index / 500.0);
            try (Scope scope = Scope.open()) {
                Tensor clean = Tensors.of(CLEAN, 1, 1, 2, 2);
                Tensor noise = Tensors.of(NOISE, 1, 1, 2, 2);
                Tensor noisy = Tensors.combine(level.alpha(), clean, level.sigma(), noise);
                Target.Mix mix = target.answer(level);
                Tensor answer = Tensors.combine(mix.ofClean(), clean, mix.ofNoise(), noise);
                float[] back = Tensors.toFloats(target.clean(answer, noisy, level));
                for (int i = 0; i < CLEAN.length; i++) {
                    // At t = T the noise prediction divides by α = 0.079: float32's 6e-8 grows to about 1e-6.
                    assertThat((double) back[i]).isCloseTo(CLEAN[i], within(5e-6));
                }
            }
        }
    }

    @Test
    void noisePredictionRefusesPureNoise() {
        try (Scope scope = Scope.open()) {
            Tensor any = Tensors.zeros(1, 1, 1, 1);
            assertThatThrownBy(() -> new NoiseTarget().clean(any, any, new Level(1, 0, 1)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("α = 0");
        }
    }
}
