package io.inkstone.cli;

import io.inkstone.condition.Condition;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.models.Model;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How pictures are to be drawn, understood.
 *
 * @param sampling the way from noise to pictures
 * @param negative what guidance leads away from
 */
record Way(SamplingOptions sampling, Optional<Mix> negative) {
    private static final Set<SamplerChoice> REVERSIBLE = EnumSet.of(SamplerChoice.DDIM, SamplerChoice.EULER);

    /**
     * Pictures of these seeds drawn this way.
     *
     * @param conditions one per picture, or empty
     */
    GenerationRequest request(Model model, List<Long> seeds, List<Condition> conditions) {
        return GenerationRequest.of(seeds)
                .withConditions(conditions)
                .withAvoided(negative.map(mix -> mix.rows(model.classes(), seeds.size()))
                        .orElse(List.of()))
                .withSampling(sampling);
    }

    /** Refuses ways that cannot be gone backwards, as wrong usage. */
    void requireReversible(Common common) {
        boolean back = sampling.sampler()
                .map(SamplerChoice::named)
                .map(REVERSIBLE::contains)
                .orElse(true);
        if (!back || sampling.eta() != 0) {
            throw common.wrongUsage(
                    "From a picture to its noise goes only ddim without fresh noise: leave out --sampler and --eta.");
        }
    }
}
