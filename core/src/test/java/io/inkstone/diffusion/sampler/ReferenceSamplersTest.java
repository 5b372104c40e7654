package io.inkstone.diffusion.sampler;

import static io.inkstone.golden.SamplerReferences.denoiser;
import static io.inkstone.golden.SamplerReferences.draws;
import static io.inkstone.golden.SamplerReferences.formula;
import static io.inkstone.golden.SamplerReferences.numbers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.NoisePath;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.diffusion.grid.KarrasGrid;
import io.inkstone.diffusion.grid.LeadingGrid;
import io.inkstone.diffusion.grid.UniformGrid;
import io.inkstone.diffusion.path.CosinePath;
import io.inkstone.diffusion.path.EdmPath;
import io.inkstone.diffusion.path.FlowPath;
import io.inkstone.golden.SamplerReferences;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whole runs beside those of k-diffusion and diffusers, with the same model, start and noise (samplers/make_samplers.py). All
 * is float64; k-diffusion's runs are too, diffusers keeps its tables in float32, hence the two tolerances.
 */
class ReferenceSamplersTest {
    private static final double DOUBLE = 1e-8;
    private static final double SINGLE = 2e-5;

    static Stream<Arguments> ofKDiffusion() {
        return Stream.of(
                Arguments.of("k.euler", new DdimSampler(0)),
                Arguments.of("k.euler_ancestral", new DdimSampler(1)),
                Arguments.of("k.heun", new HeunSampler()),
                Arguments.of("k.dpmpp_2m", new DpmSolverPlusPlusSampler(false)),
                Arguments.of("k.dpmpp_2m_sde", new DpmSolverPlusPlusSampler(true)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofKDiffusion")
    void goesAsKDiffusionDoes(String reference, Sampler sampler) {
        NoisePath path = new EdmPath(1000, 0.002, 80);
        compare(reference, sampler, new KarrasGrid(path, 1000).levels(path, 10), 80, DOUBLE);
    }

    static Stream<Arguments> ofDiffusers() {
        return Stream.of(
                Arguments.of("d.ddim", new DdimSampler(0)),
                Arguments.of("d.ddim_eta", new DdimSampler(0.5)),
                Arguments.of("d.ddpm_small", new DdpmSampler(DdpmSampler.Variance.SMALL)),
                Arguments.of("d.dpmpp_2m", new DpmSolverPlusPlusSampler(false)),
                Arguments.of("d.dpmpp_2m_sde", new DpmSolverPlusPlusSampler(true)),
                Arguments.of("d.unipc_1", new UniPcSampler(1)),
                Arguments.of("d.unipc_2", new UniPcSampler(2)),
                Arguments.of("d.unipc_3", new UniPcSampler(3)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("ofDiffusers")
    void goesAsDiffusersDoes(String reference, Sampler sampler) {
        NoisePath path = new CosinePath(100);
        compare(reference, sampler, new UniformGrid(100).levels(path, 10), 1, SINGLE);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("flow")
    void goesAsDiffusersDoesOnTheStraightPath(String reference, Sampler sampler, double[] sigmas) {
        List<Level> levels = Arrays.stream(sigmas).mapToObj(new FlowPath()::at).toList();
        compare(reference, sampler, levels, 1, SINGLE);
    }

    static Stream<Arguments> flow() {
        double[] even = new UniformGrid(1000).times(10);
        return Stream.of(
                Arguments.of("flow.euler", new DdimSampler(0), even),
                Arguments.of("flow.heun", new HeunSampler(), numbers("flow.heun_sigmas")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("leading")
    void leadingStepsAreThoseOfDiffusers(String reference, Sampler sampler) {
        NoisePath path = new CosinePath(100);
        compare(reference, sampler, new LeadingGrid(100).levels(path, 7), 1, SINGLE);
    }

    static Stream<Arguments> leading() {
        return Stream.of(Arguments.of("d.ddim_leading", new DdimSampler(0)));
    }

    private static void compare(String reference, Sampler sampler, List<Level> levels, double scale, double tolerance) {
        double[] expected = numbers(reference);
        try (Scope scope = Scope.open()) {
            double[] got = SamplerReferences.values(sampler.sample(
                    denoiser(), Tensors.scale(formula(1), scale), levels, draws(), SamplingListener.NONE));
            assertThat(got).hasSize(expected.length);
            for (int i = 0; i < got.length; i++) {
                assertThat(got[i]).as(reference + "[" + i + "]").isCloseTo(expected[i], within(tolerance));
            }
        }
    }
}
