package io.inkstone.diffusion.sampler;

import io.inkstone.diffusion.Sampler;
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
            new UniPcSampler(3));

    static final List<Sampler> STOCHASTIC = List.of(
            new DdimSampler(0.5),
            new DdimSampler(1),
            new DdpmSampler(DdpmSampler.Variance.LARGE),
            new DdpmSampler(DdpmSampler.Variance.SMALL),
            new DpmSolverPlusPlusSampler(true));
}
