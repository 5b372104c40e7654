package io.inkstone.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.diffusion.AllPaths;
import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.PictureNoise;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.diffusion.grid.IndexGrid;
import io.inkstone.diffusion.grid.LeadingGrid;
import io.inkstone.diffusion.grid.QuadraticGrid;
import io.inkstone.diffusion.grid.UniformGrid;
import io.inkstone.diffusion.path.LinearBetaPath;
import io.inkstone.tensor.LiveObjects;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for every sampler. A new sampler is added to {@link AllSamplers}. */
class SamplersTest {
    private static final LinearBetaPath PATH = new LinearBetaPath(500, 1e-4, 0.02);

    static Stream<Sampler> samplers() {
        return Stream.concat(
                spreading(), Stream.of(new DdpmSampler(DdpmSampler.Variance.ZERO), new ConsistencySampler()));
    }

    /** All but the one whose pictures collapse, which is what it is there to show, and the one for other models. */
    static Stream<Sampler> spreading() {
        return Stream.of(AllSamplers.DETERMINISTIC, AllSamplers.STOCHASTIC).flatMap(List::stream);
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void aPerfectDenoiserGivesTheCleanPicture(Sampler sampler) {
        for (int steps : new int[] {1, 2, 7, 300, 500}) {
            try (Scope scope = Scope.open();
                    PictureNoise noise = new PictureNoise(1, 2)) {
                Tensor clean = Tensors.normal(new Seed(5).generator(Seed.Purpose.SAMPLING), 2, 3, 4, 4);
                Tensor result = sampler.sample(
                        (noisy, level) -> clean,
                        noise.next(2, 3, 4, 4),
                        new UniformGrid(500).levels(PATH, steps),
                        noise,
                        SamplingListener.NONE);
                assertClose(Tensors.toFloats(result), Tensors.toFloats(clean), 1e-5);
            }
        }
    }

    /** For data that is N(0, s²) the best guess is known, and a fine sampler must end with that deviation. */
    @ParameterizedTest
    @MethodSource("spreading")
    void keepsTheSpreadOfAGaussian(Sampler sampler) {
        double spread = 0.5;
        Denoiser exact = (noisy, level) -> {
            double signal = level.alpha() * spread * spread;
            return Tensors.scale(noisy, signal / (level.alpha() * signal + level.sigma() * level.sigma()));
        };
        try (Scope scope = Scope.open();
                PictureNoise noise = new PictureNoise(3)) {
            Tensor result = sampler.sample(
                    exact,
                    noise.next(1, 1, 64, 64),
                    new UniformGrid(500).levels(PATH, 500),
                    noise,
                    SamplingListener.NONE);
            // 4,096 samples estimate a deviation to about 1.1 %; 4 of those, and 1 % for the finite steps.
            assertThat(Tensors.toDouble(result.std())).isCloseTo(spread, within(0.055 * spread));
        }
    }

    /** On every path, by every grid of indices, in 1 step and in many; numbers stay finite where α = 0 at one end and σ = 0 at the other. */
    @ParameterizedTest
    @MethodSource("samplers")
    void aPerfectDenoiserIsEnoughOnEveryPath(Sampler sampler) {
        AllPaths.byName().forEach((name, path) -> {
            for (IndexGrid grid : List.of(new UniformGrid(100), new LeadingGrid(100), new QuadraticGrid(100))) {
                for (int steps : new int[] {1, 2, 9, 100}) {
                    findsTheCleanPicture(sampler, grid.levels(path, steps));
                }
            }
        });
    }

    private static void findsTheCleanPicture(Sampler sampler, List<Level> levels) {
        try (Scope scope = Scope.open();
                PictureNoise noise = new PictureNoise(1)) {
            // float64: those that go by the noise multiply its rounding by 1/α where there is little signal.
            Tensor clean = Tensors.normal(new Seed(5).generator(Seed.Purpose.SAMPLING), 1, 3, 4, 4)
                    .to(ScalarType.Double);
            Tensor start = Tensors.scale(
                    noise.next(1, 3, 4, 4).to(ScalarType.Double), levels.get(0).deviation());
            Tensor result = sampler.sample((noisy, level) -> clean, start, levels, noise, SamplingListener.NONE);
            assertClose(Tensors.toFloats(result), Tensors.toFloats(clean), 2e-5);
        }
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void tellsOfEveryStep(Sampler sampler) {
        List<Double> times = new ArrayList<>();
        try (Scope scope = Scope.open();
                PictureNoise noise = new PictureNoise(3)) {
            sampler.sample(
                    (noisy, level) -> noisy,
                    noise.next(1, 1, 2, 2),
                    new UniformGrid(500).levels(PATH, 24),
                    noise,
                    (step, from, noisy) -> times.add(from.time()));
        }
        assertThat(times).hasSize(24).startsWith(1.0).isSortedAccordingTo((a, b) -> Double.compare(b, a));
    }

    @ParameterizedTest
    @MethodSource("samplers")
    void leavesNothingBehind(Sampler sampler) {
        drawTenSteps(sampler); // loads classes that keep constants
        long before = LiveObjects.held();
        drawTenSteps(sampler);
        assertThat(Scope.liveObjects()).isEqualTo(before);
    }

    private static void drawTenSteps(Sampler sampler) {
        try (Scope scope = Scope.open();
                PictureNoise noise = new PictureNoise(3)) {
            sampler.sample(
                    (noisy, level) -> Tensors.scale(noisy, 0.5),
                    noise.next(1, 1, 2, 2),
                    new UniformGrid(500).levels(PATH, 10),
                    noise,
                    SamplingListener.NONE);
        }
    }

    private static void assertClose(float[] got, float[] wanted, double tolerance) {
        for (int i = 0; i < wanted.length; i++) {
            assertThat((double) got[i]).isCloseTo(wanted[i], within(tolerance));
        }
    }
}
