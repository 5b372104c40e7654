package io.inkstone.cli;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.grid.GridChoice;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.SamplingOptions;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * How a model that removes noise goes from noise to pictures, null where nothing was said: the same words in every command
 * that draws. {@link #way} is what they mean.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class WayOptions {
    private static final ObjectMapper JSON = new ObjectMapper();

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
    private Mix negative;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            completionCandidates = OptionValues.Samplers.class,
            description = "One of: ${COMPLETION-CANDIDATES}. Default: ddim.")
    private String sampler;

    @Option(
            names = "--grid",
            paramLabel = "NAME",
            completionCandidates = OptionValues.Grids.class,
            description = "Levels to visit, one of: ${COMPLETION-CANDIDATES}. Default: uniform, also called trailing.")
    private String grid;

    @Option(names = "--steps", paramLabel = "N", description = "Default: 25 with ddim, all with ddpm.")
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

    /** What the words mean; what cannot be understood, or means nothing together, is an error. */
    Way way() {
        return new Way(
                new SamplingOptions(
                        Optional.ofNullable(sampler)
                                .map(word -> SamplerChoice.named(word).word()),
                        Optional.ofNullable(grid)
                                .map(word -> GridChoice.named(word).word()),
                        steps == null ? OptionalInt.empty() : OptionalInt.of(steps),
                        eta == null ? 0 : eta,
                        guidance(),
                        clamp != null && clamp,
                        threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold)),
                Optional.ofNullable(negative));
    }

    /** The same for pictures of these classes; what it cannot mean, guidance towards nothing too, is wrong usage. */
    Way towards(Labels labels, Common common) {
        Way understood = common.said(this::way);
        if (understood.sampling().guidance().weight() != 1 && !labels.isSaid() && negative == null) {
            throw common.wrongUsage(
                    "--guidance leads towards --labels or --context, or away from --negative: say one of them.");
        }
        return understood;
    }

    private Guidance guidance() {
        double weight = guidance == null ? 1 : guidance;
        if (weight == 1 && (guidanceRescale != null || guidanceInterval != null)) {
            throw new InputException(
                    "--guidance-rescale and --guidance-interval change guidance, and there is none: choose a weight"
                            + " such as --guidance 3.");
        }
        String[] interval = (guidanceInterval == null ? "0:" : guidanceInterval).split(":", -1);
        return new Guidance(
                weight,
                guidanceRescale == null ? 0 : guidanceRescale,
                end(interval, 0, 0),
                end(interval, 1, Double.POSITIVE_INFINITY));
    }

    private double end(String[] interval, int index, double open) {
        try {
            if (interval.length == 2) {
                return interval[index].isBlank() ? open : Double.parseDouble(interval[index].strip());
            }
        } catch (NumberFormatException notANumber) {
            // said below
        }
        throw new InputException(
                Words.of("--guidance-interval takes two values of σ/α such as 0.3:5, got '%s'.", guidanceInterval));
    }

    /** Those that stand on the line. */
    SaidOptions said() {
        return SaidOptions.of(spec);
    }

    /** With the name of a file as it is found from any folder. */
    void makeAbsolute() {
        negative = negative == null ? null : negative.absolute();
    }

    /** What was said by the names of the fields, and what {@code model} takes where nothing was: for the text of a picture. */
    void putInto(Map<String, Object> all, Generates model) {
        all.putAll(JSON.convertValue(this, new TypeReference<Map<String, Object>>() {}));
        SamplingOptions taken = model.resolved(way().sampling());
        taken.sampler().ifPresent(word -> all.put("sampler", word));
        taken.grid().ifPresent(word -> all.put("grid", word));
        taken.steps().ifPresent(number -> all.put("steps", number));
    }
}
