package io.inkstone.diffusion.target;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.diffusion.AllPaths;
import io.inkstone.diffusion.DiffusionProcess;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.LevelDraw;
import io.inkstone.diffusion.LossWeight;
import io.inkstone.diffusion.NoisePath;
import io.inkstone.diffusion.Target;
import io.inkstone.diffusion.path.FlowPath;
import io.inkstone.golden.SamplerReferences;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for every target. A new one is added to {@link #targets}. */
class TargetsTest {
    private static final float[] CLEAN = {-1, -0.25f, 0.5f, 1};
    private static final float[] NOISE = {0.3f, -2, 1.5f, 0};
    private static final double[] TIMES = {0.01, 0.02, 0.5, 0.99, 1};

    static Stream<Target> targets() {
        return Stream.of(
                new NoiseTarget(), new CleanTarget(), new VelocityTarget(), new FlowTarget(), new EdmTarget(0.5));
    }

    @ParameterizedTest
    @MethodSource("targets")
    void aRightAnswerGivesTheCleanPictureBackOnEveryPath(Target target) {
        AllPaths.byName().forEach((name, path) -> {
            for (double time : TIMES) {
                Level level = path.at(time);
                if (target instanceof NoiseTarget && level.alpha() == 0) {
                    continue;
                }
                try (Scope scope = Scope.open()) {
                    Tensor clean = Tensors.of(CLEAN, 1, 1, 2, 2);
                    Tensor noise = Tensors.of(NOISE, 1, 1, 2, 2);
                    Tensor noisy = Tensors.combine(level.alpha(), clean, level.sigma(), noise);
                    Target.Mix mix = target.answer(level);
                    Tensor answer = Tensors.combine(mix.ofClean(), clean, mix.ofNoise(), noise);
                    float[] back = Tensors.toFloats(target.clean(answer, noisy, level));
                    // What the divisions by little signal make of float32's 6e-8.
                    double amplified = 5e-7 * (1 + Math.min(level.ratio(), 1e4));
                    for (int i = 0; i < CLEAN.length; i++) {
                        assertThat((double) back[i]).as(name + " " + time).isCloseTo(CLEAN[i], within(amplified));
                    }
                }
            }
        });
    }

    /** The dressing asks the network with its own scale and time, and undresses what it answers. */
    @ParameterizedTest
    @MethodSource("targets")
    void dressesANetwork(Target target) {
        Level level = AllPaths.byName().get("linear").at(0.4);
        try (Scope scope = Scope.open()) {
            Tensor clean = Tensors.of(CLEAN, 1, 1, 2, 2);
            Tensor noise = Tensors.of(NOISE, 1, 1, 2, 2);
            Tensor noisy = Tensors.combine(level.alpha(), clean, level.sigma(), noise);
            Target.Mix mix = target.answer(level);
            Tensor guess = target.dress((input, time) -> {
                        assertThat(time).isEqualTo(target.inputTime(level));
                        assertThat(Tensors.toFloats(input)[1])
                                .isCloseTo(
                                        (float) (Tensors.toFloats(noisy)[1] * target.inputScale(level)), within(1e-6f));
                        return Tensors.combine(mix.ofClean(), clean, mix.ofNoise(), noise);
                    })
                    .clean(noisy, level);
            assertThat(Tensors.toFloats(guess)[2]).isCloseTo(0.5f, within(2e-6f));
        }
    }

    @ParameterizedTest
    @MethodSource("targets")
    void aCleanPictureIsItsOwnGuess(Target target) {
        try (Scope scope = Scope.open()) {
            Tensor clean = Tensors.of(CLEAN, 1, 1, 2, 2);
            Tensor nothing = Tensors.zeros(1, 1, 2, 2);
            assertThat(Tensors.toFloats(target.clean(nothing, clean, new Level(0, 1, 0))))
                    .isEqualTo(CLEAN);
        }
    }

    @Test
    void theFactorsOfEdmAreKarras() {
        double[] sigmas = SamplerReferences.numbers("edm.sigmas");
        double[] cleans = SamplerReferences.numbers("edm.clean");
        double[] inputs = SamplerReferences.numbers("edm.input");
        double[] times = SamplerReferences.numbers("edm.time");
        Target target = new EdmTarget(0.5);
        try (Scope scope = Scope.open()) {
            Tensor answer = SamplerReferences.formula(5);
            Tensor noisy = SamplerReferences.formula(6);
            int size = (int) noisy.numel();
            for (int k = 0; k < sigmas.length; k++) {
                Level level = new Level(0.5, 1, sigmas[k]);
                double[] clean = SamplerReferences.values(target.clean(answer, noisy, level));
                double first = SamplerReferences.values(noisy)[0] * target.inputScale(level);
                for (int i = 0; i < size; i++) {
                    assertThat(clean[i]).isCloseTo(cleans[k * size + i], within(1e-9));
                }
                assertThat(first).isCloseTo(inputs[k * size], within(1e-9));
                assertThat(target.inputTime(level)).isCloseTo(times[k], within(1e-9));
            }
        }
    }

    /** Whatever the path, the network of EDM sees and answers numbers of deviation 1. */
    @Test
    void edmKeepsDeviations() {
        Target target = new EdmTarget(0.5);
        AllPaths.byName().forEach((name, path) -> {
            for (double time : TIMES) {
                Level level = path.at(time);
                Target.Mix mix = target.answer(level);
                assertThat(Math.hypot(mix.ofClean() * 0.5, mix.ofNoise()))
                        .as(name)
                        .isCloseTo(1, within(1e-9));
                assertThat(target.inputScale(level) * Math.hypot(level.alpha() * 0.5, level.sigma()))
                        .as(name)
                        .isCloseTo(1, within(1e-9));
            }
        });
    }

    @Test
    void whatCannotStartFromPureNoiseSaysSo() {
        NoisePath flow = new FlowPath();
        try (Scope scope = Scope.open()) {
            Tensor any = Tensors.zeros(1, 1, 1, 1);
            assertThatThrownBy(() -> new NoiseTarget().clean(any, any, flow.at(1)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("time 1.0 (α = 0, σ = 1)")
                    .extracting(wrong -> ((InputException) wrong).changes())
                    .isEqualTo(List.of("diffusion.target=velocity"));
        }
        for (Target target : new Target[] {new NoiseTarget(), new EdmTarget(0.5)}) {
            assertThatThrownBy(() -> new DiffusionProcess(flow, 10, target, LossWeight.NONE, LevelDraw.uniform(10)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("choose a path that keeps some signal");
        }
        assertThatThrownBy(() -> new EdmTarget(0)).hasMessageContaining("sigmaData");
    }
}
