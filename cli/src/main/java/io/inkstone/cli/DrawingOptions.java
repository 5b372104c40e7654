package io.inkstone.cli;

import io.inkstone.diffusion.Guidance;
import io.inkstone.models.GenerationRequest;
import io.inkstone.models.SamplingOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/** How a model that removes noise draws while it edits; the same words as those of {@code sample}. */
final class DrawingOptions {
    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "0",
            description = "Seed of the first picture. Default: 0.")
    private long seed;

    @Option(names = "--sampler", paramLabel = "NAME", description = "As for sample. Default: ddim.")
    private String sampler;

    @Option(names = "--grid", paramLabel = "NAME", description = "As for sample. Default: uniform.")
    private String grid;

    @Option(names = "--steps", paramLabel = "N", description = "Steps of the whole way. Default: 25 with ddim.")
    private Integer steps;

    @Option(names = "--guidance", paramLabel = "W", description = "Classifier-free guidance; 1 is none. Default: 1.")
    private Double guidance;

    /** {@code count} pictures with these contexts. */
    GenerationRequest request(int count, List<float[]> contexts) {
        return GenerationRequest.of(count, seed)
                .withContexts(contexts)
                .withSampling(SamplingOptions.of(
                                Optional.ofNullable(sampler),
                                Optional.ofNullable(grid),
                                steps == null ? OptionalInt.empty() : OptionalInt.of(steps))
                        .withGuidance(guidance == null ? Guidance.NONE : Guidance.of(guidance)));
    }

    long seed() {
        return seed;
    }

    /** Whether the way back of a deterministic DDIM is asked for. */
    boolean isDdim() {
        return sampler == null || sampler.equals("ddim");
    }

    /** What was said, for the text of a picture. */
    Map<String, Object> said() {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("seed", seed);
        put(said, "sampler", sampler);
        put(said, "grid", grid);
        put(said, "steps", steps);
        put(said, "guidance", guidance);
        return said;
    }

    private static void put(Map<String, Object> said, String name, Object value) {
        if (value != null) {
            said.put(name, value);
        }
    }
}
