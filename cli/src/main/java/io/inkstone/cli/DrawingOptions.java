package io.inkstone.cli;

import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.grid.GridChoice;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.models.GenerationRequest;
import io.inkstone.models.Model;
import io.inkstone.models.SamplingOptions;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a model that removes noise draws while it edits, and for which classes; the same words as those of {@code sample}. */
final class DrawingOptions {
    private static final Set<SamplerChoice> REVERSIBLE = EnumSet.of(SamplerChoice.DDIM, SamplerChoice.EULER);

    @Mixin
    private Labels labels;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "Seed of the first picture. Default: 0.")
    private long seed;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            completionCandidates = OptionValues.Samplers.class,
            description = "As for sample. Default: ddim.")
    private SamplerChoice sampler;

    @Option(
            names = "--grid",
            paramLabel = "NAME",
            completionCandidates = OptionValues.Grids.class,
            description = "As for sample. Default: uniform.")
    private GridChoice grid;

    @Option(names = "--steps", paramLabel = "N", description = "Steps of the whole way. Default: 25 with ddim.")
    private Integer steps;

    @Option(names = "--guidance", paramLabel = "W", description = "Classifier-free guidance; 1 is none. Default: 1.")
    private Double guidance;

    /** {@code count} pictures of {@code model}, for the classes that were said. */
    GenerationRequest request(Model model, int count) {
        return GenerationRequest.of(count, seed)
                .withContexts(labels.rows(model, count))
                .withSampling(SamplingOptions.of(
                                Optional.ofNullable(sampler).map(SamplerChoice::word),
                                Optional.ofNullable(grid).map(GridChoice::word),
                                steps == null ? OptionalInt.empty() : OptionalInt.of(steps))
                        .withGuidance(guidance == null ? Guidance.NONE : Guidance.of(guidance)));
    }

    long seed() {
        return seed;
    }

    Labels labels() {
        return labels;
    }

    /** Whether the way is that of DDIM without fresh noise, by either of its names: it can be gone backwards. */
    boolean isDdim() {
        return sampler == null || REVERSIBLE.contains(sampler);
    }

    /** What was said, for the text of a picture. */
    Map<String, Object> said() {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("seed", seed);
        put(said, "sampler", sampler == null ? null : sampler.word());
        put(said, "grid", grid == null ? null : grid.word());
        put(said, "steps", steps);
        put(said, "guidance", guidance);
        labels.putInto(said);
        return said;
    }

    private static void put(Map<String, Object> said, String name, Object value) {
        if (value != null) {
            said.put(name, value);
        }
    }
}
