package io.inkstone.cli;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How a model that removes noise goes from noise to pictures, null where nothing was said: the same words in every command
 * that draws. Its JSON is that of a wish.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class WayOptions {
    @JsonIgnore
    @Spec(Spec.Target.SELF)
    private CommandSpec spec;

    @Option(names = "--guidance", paramLabel = "W", description = "Classifier-free guidance; 1 is none. Default: 1.")
    private Double guidance;

    @Option(
            names = "--guidance-rescale",
            paramLabel = "X",
            description = "How far guided guesses get their deviation back, 0 to 1. Default: 0.")
    private Double guidanceRescale;

    @Option(
            names = "--guidance-interval",
            paramLabel = "A:B",
            description = "Guide only where σ/α lies above A and up to B, such as 0.3:5. Default: everywhere.")
    private String guidanceInterval;

    @Option(
            names = "--negative",
            paramLabel = "MIX",
            description = "What guidance leads away from, as --context says it. Default: no context.")
    private String negative;

    @Option(
            names = "--negative-prompt",
            paramLabel = "WORDS",
            description = "The same in words, for models that read them.")
    private String negativePrompt;

    @Option(
            names = "--sampler",
            paramLabel = "SAMPLER",
            completionCandidates = OptionValues.Samplers.class,
            description =
                    "One of: ${COMPLETION-CANDIDATES}. Default: ddim; of Stable Diffusion what its scheduler says.")
    private String sampler;

    @Option(
            names = "--grid",
            paramLabel = "GRID",
            completionCandidates = OptionValues.Grids.class,
            description =
                    "Levels to visit, one of: ${COMPLETION-CANDIDATES}. Default: uniform, also called trailing; of Stable Diffusion what its scheduler says.")
    private String grid;

    @Option(
            names = "--steps",
            paramLabel = "N",
            description = "Default: 25 with ddim, all with ddpm; 50 of Stable Diffusion.")
    private Integer steps;

    @Option(names = "--eta", paramLabel = "X", description = "Fresh noise of ddim, 0 to 1. Default: 0.")
    private Double eta;

    @Option(names = "--clamp", negatable = true, description = "Hold the predicted picture inside its range.")
    private Boolean clamp;

    @Option(
            names = "--threshold",
            paramLabel = "X",
            description = "Dynamic thresholding: this share of the predicted picture's values inside, such as 0.995.")
    private Double threshold;

    /** Those that stand on the line. */
    SaidOptions said() {
        return SaidOptions.of(spec);
    }
}
