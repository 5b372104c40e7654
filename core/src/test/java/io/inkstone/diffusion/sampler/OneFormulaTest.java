package io.inkstone.diffusion.sampler;

import static io.inkstone.golden.SamplerReferences.denoiser;
import static io.inkstone.golden.SamplerReferences.draws;
import static io.inkstone.golden.SamplerReferences.formula;
import static io.inkstone.golden.SamplerReferences.values;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.diffusion.AllPaths;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.NoisePath;
import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.diffusion.grid.UniformGrid;
import io.inkstone.diffusion.path.EdmPath;
import io.inkstone.diffusion.path.FlowPath;
import io.inkstone.diffusion.path.LinearBetaPath;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** Steps that other papers write otherwise, and that are one formula here. */
class OneFormulaTest {
    private static final double ROUNDING = 1e-12;

    /** Karras et al. 2022, algorithm 1 without lines 6 to 8: x + (σ_s − σ_t)·(x − D)/σ_t. */
    @Test
    void onThePathOfEdmDdimIsEuler() {
        NoisePath path = new EdmPath(100, 0.002, 80);
        compare(
                path.at(0.9),
                path.at(0.7),
                (x, clean, from, to) ->
                        Tensors.combine(1, x, (to.sigma() - from.sigma()) / from.sigma(), x.sub(clean)));
        compare(path.at(0.3), path.at(0), (x, clean, from, to) -> clean);
    }

    /** x + (s − t)·u with the direction u = noise − clean = (x − clean)/t. */
    @Test
    void onTheStraightPathDdimIsEuler() {
        NoisePath path = new FlowPath();
        for (double time : new double[] {1, 0.6}) {
            compare(
                    path.at(time),
                    path.at(time - 0.25),
                    (x, clean, from, to) ->
                            Tensors.combine(1, x, (to.time() - from.time()) / from.time(), x.sub(clean)));
        }
    }

    /** Song et al. 2021, eq. 12 as it stands there, and in words: the guess and its noise, mixed anew. */
    @Test
    void onEveryPathItMixesTheGuessAndItsNoiseAnew() {
        AllPaths.byName()
                .values()
                .forEach(path -> compare(path.at(0.75), path.at(0.5), (x, clean, from, to) -> {
                    Tensor noise = Tensors.combine(1 / from.sigma(), x, -from.alpha() / from.sigma(), clean);
                    return Tensors.combine(to.alpha(), clean, to.sigma(), noise);
                }));
    }

    private interface Formula {
        Tensor next(Tensor x, Tensor clean, Level from, Level to);
    }

    private static void compare(Level from, Level to, Formula formula) {
        try (Scope scope = Scope.open()) {
            Tensor x = formula(1);
            Tensor clean = formula(2);
            double[] ours = values(new DdimSampler(0).step(x, clean, from, to, draws()));
            assertThat(ours).containsExactly(values(formula.next(x, clean, from, to)), within(1e-10));
        }
    }

    /** With all its noise DDIM is DDPM with the posterior's variance, on every path. */
    @Test
    void withAllItsNoiseDdimIsDdpm() {
        AllPaths.byName()
                .forEach((name, path) ->
                        same(name, path, new DdimSampler(1), new DdpmSampler(DdpmSampler.Variance.SMALL)));
    }

    /**
     * Ho et al. 2020, algorithm 2, between neighbours of the table: x ← (x − ε·β/√(1−ᾱ))/√(1−β) + √β·z with β = 1 − ᾱ_t/ᾱ_s.
     */
    @Test
    void thePublishedAncestralStepIsOne() {
        NoisePath path = new LinearBetaPath(500, 1e-4, 0.02);
        for (int index : new int[] {500, 250, 2}) {
            Level from = path.at(index / 500.0);
            Level to = path.at((index - 1) / 500.0);
            double ratio = from.alpha() / to.alpha();
            double beta = 1 - ratio * ratio;
            try (Scope scope = Scope.open()) {
                Tensor x = formula(1);
                Tensor clean = formula(2);
                Tensor noise = Tensors.combine(1 / from.sigma(), x, -from.alpha() / from.sigma(), clean);
                Tensor mean = Tensors.combine(1 / ratio, x, -beta / from.sigma() / ratio, noise);
                Tensor published = Tensors.combine(1, mean, Math.sqrt(beta), draws().next(x.shape()));
                Tensor ours = new DdpmSampler(DdpmSampler.Variance.LARGE).step(x, clean, from, to, draws());
                assertThat(values(ours)).containsExactly(values(published), within(1e-9));
            }
        }
    }

    /** A single step of the methods that remember is DDIM: they have nothing to remember yet. */
    @Test
    void aSingleStepIsDdim() {
        AllPaths.byName().forEach((name, path) -> {
            try (Scope scope = Scope.open()) {
                List<Level> two = List.of(path.at(0.9), path.at(0.6));
                double[] ddim = run(new DdimSampler(0), two);
                for (Sampler other : List.of(new DpmSolverPlusPlusSampler(false), new UniPcSampler(3))) {
                    assertThat(run(other, two)).as(name).containsExactly(ddim, within(ROUNDING * 100));
                }
            }
        });
    }

    private static void same(String name, NoisePath path, Sampler one, Sampler other) {
        List<Level> levels = new UniformGrid(100).levels(path, 12);
        try (Scope scope = Scope.open()) {
            assertThat(run(one, levels)).as(name).containsExactly(run(other, levels), within(1e-9));
        }
    }

    private static double[] run(Sampler sampler, List<Level> levels) {
        return values(sampler.sample(
                denoiser(),
                formula(1).mul(new Scalar(levels.get(0).deviation())),
                levels,
                draws(),
                SamplingListener.NONE));
    }
}
