package io.inkstone.diffusion.sampler;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.diffusion.AllPaths;
import io.inkstone.diffusion.Denoiser;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Noise;
import io.inkstone.diffusion.NoisePath;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.golden.SamplerReferences;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * How fast deterministic samplers approach the exact way. For data from N(m, s²) both are known: the best guess is linear,
 * and a picture keeps its distance from α·m in units of √(α²·s² + σ²). Half the step must make the error 2^order smaller.
 */
class ConvergenceTest {
    private static final double MEAN = 0.3;
    private static final double SPREAD = 0.4;
    private static final Noise NONE = shape -> {
        throw new AssertionError("deterministic");
    };

    static Stream<Arguments> orders() {
        return Stream.of(
                        Arguments.of(new DdimSampler(0), 1),
                        Arguments.of(new HeunSampler(), 2),
                        Arguments.of(new DpmSolverPlusPlusSampler(false), 2),
                        Arguments.of(
                                new DpmSolverPlusPlusSampler(
                                        false, 2, DpmSolverPlusPlusSampler.Form.HEUN, false, false),
                                2),
                        Arguments.of(new LmsSampler(1), 1),
                        Arguments.of(new LmsSampler(2), 2),
                        // The corrector adds an order to each predictor's.
                        Arguments.of(new UniPcSampler(1), 2),
                        Arguments.of(new UniPcSampler(2), 3),
                        // As it is shipped.
                        Arguments.of(SamplerChoice.UNIPC.create(160, 1000), 4))
                .flatMap(of ->
                        AllPaths.byName().keySet().stream().map(path -> Arguments.of(of.get()[0], of.get()[1], path)));
    }

    /** Between two levels of the path, away from its ends, where the levels are smooth functions of time. */
    @ParameterizedTest(name = "{0} on {2}")
    @MethodSource("orders")
    void hasItsOrder(Sampler sampler, int order, String pathName) {
        NoisePath path = smooth(pathName);
        double coarse = error(sampler, path, 80);
        double fine = error(sampler, path, 160);
        assertThat(Math.log(coarse / fine) / Math.log(2))
                .as("errors %s and %s", coarse, fine)
                // Above it by what errors of the next order still take away at these lengths.
                .isBetween(order - 0.25, order + 0.75);
    }

    /** Tables are interpolated piece by piece; many entries make them smooth enough to see the order. */
    private static NoisePath smooth(String name) {
        return AllPaths.byName(20_000).get(name);
    }

    private static double error(Sampler sampler, NoisePath path, int steps) {
        List<Level> levels = new ArrayList<>();
        for (int k = 0; k <= steps; k++) {
            levels.add(path.at(0.8 - 0.6 * k / steps));
        }
        Level first = levels.get(0);
        Level last = levels.get(steps);
        try (Scope scope = Scope.open()) {
            Tensor unit = SamplerReferences.formula(1);
            double[] got = SamplerReferences.values(
                    sampler.sample(GAUSSIAN, at(first, unit), levels, NONE, SamplingListener.NONE));
            double[] exact = SamplerReferences.values(at(last, unit));
            double worst = 0;
            for (int i = 0; i < got.length; i++) {
                worst = Math.max(worst, Math.abs(got[i] - exact[i]));
            }
            return worst;
        }
    }

    private static final Denoiser GAUSSIAN = (noisy, level) -> {
        double signal = level.alpha() * SPREAD * SPREAD;
        double gain = signal / (level.alpha() * signal + level.sigma() * level.sigma());
        return Tensors.scale(noisy, gain).add_(new org.bytedeco.pytorch.Scalar(MEAN * (1 - gain * level.alpha())));
    };

    private static Tensor at(Level level, Tensor unit) {
        return Tensors.scale(unit, Math.hypot(level.alpha() * SPREAD, level.sigma()))
                .add_(new org.bytedeco.pytorch.Scalar(level.alpha() * MEAN));
    }
}
