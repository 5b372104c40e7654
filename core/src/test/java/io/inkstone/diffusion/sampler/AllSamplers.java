package io.inkstone.diffusion.sampler;

import io.inkstone.diffusion.Sampler;
import io.inkstone.diffusion.target.NoiseTarget;
import java.util.List;

/** Every sampler, for tests of what holds for all of them. A new one is added here. */
final class AllSamplers {
    private AllSamplers() {}

    static final List<Sampler> DETERMINISTIC = List.of(
            new DdimSampler(0),
            new HeunSampler(),
            new DpmSolverPlusPlusSampler(false),
            new UniPcSampler(1),
            new UniPcSampler(2),
            new UniPcSampler(3),
            new DpmSolverPlusPlusSampler(false, 3, DpmSolverPlusPlusSampler.Form.MIDPOINT, true, false),
            new DpmSolverPlusPlusSampler(false, 2, DpmSolverPlusPlusSampler.Form.HEUN, true, true),
            new PlmsSampler(new NoiseTarget()),
            new LmsSampler(4));

    static final List<Sampler> STOCHASTIC = List.of(
            new DdimSampler(0.5),
            new DdimSampler(1),
            new DdpmSampler(DdpmSampler.Variance.LARGE),
            new DdpmSampler(DdpmSampler.Variance.SMALL),
            new DpmSolverPlusPlusSampler(true),
            new DpmSolverPlusPlusSampler(true, 3, DpmSolverPlusPlusSampler.Form.MIDPOINT, false, false));
}
