package io.inkstone.cli;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.InputException;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.grid.GridChoice;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.models.Generates;
import io.inkstone.models.GenerationRequest;
import io.inkstone.models.Model;
import io.inkstone.models.SamplingOptions;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Option;

/**
 * How a model that removes noise goes from noise to pictures, null where nothing was said: the same words in every command
 * that draws.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
class WayOptions {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<SamplerChoice> REVERSIBLE = EnumSet.of(SamplerChoice.DDIM, SamplerChoice.EULER);

    @Option(names = "--guidance", paramLabel = "W", description = "Classifier-free guidance; 1 is none. Default: 1.")
    Double guidance;

    @Option(
            names = "--guidance-rescale",
            paramLabel = "X",
            description = "How far guided guesses get their deviation back, 0 to 1. Default: 0.")
    Double guidanceRescale;

    @Option(
            names = "--guidance-interval",
            paramLabel = "A:B",
            description = "Guide only where σ/α lies above A and up to B, such as 0.3:5. Default: everywhere.")
    String guidanceInterval;

    @Option(
            names = "--negative",
            paramLabel = "MIX",
            description = "What guidance leads away from, as --context says it. Default: no context.")
    String negative;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            completionCandidates = OptionValues.Samplers.class,
            description = "One of: ${COMPLETION-CANDIDATES}. Default: ddim.")
    String sampler;

    @Option(
            names = "--grid",
            paramLabel = "NAME",
            completionCandidates = OptionValues.Grids.class,
            description = "Levels to visit, one of: ${COMPLETION-CANDIDATES}. Default: uniform, also called trailing.")
    String grid;

    @Option(names = "--steps", paramLabel = "N", description = "Default: 25 with ddim, all with ddpm.")
    Integer steps;

    @Option(names = "--eta", paramLabel = "X", description = "Fresh noise of ddim, 0 to 1. Default: 0.")
    Double eta;

    @Option(names = "--clamp", negatable = true, description = "Hold the predicted picture inside its range.")
    Boolean clamp;

    @Option(
            names = "--threshold",
            paramLabel = "X",
            description = "Dynamic thresholding: this share of the predicted picture's values inside, such as 0.995.")
    Double threshold;

    /** The same in the words of the library. */
    SamplingOptions sampling() {
        return new SamplingOptions(
                choice().map(SamplerChoice::word),
                Optional.ofNullable(grid).map(word -> GridChoice.named(word).word()),
                steps == null ? OptionalInt.empty() : OptionalInt.of(steps),
                eta == null ? 0 : eta,
                guidance(),
                clamp != null && clamp,
                threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold));
    }

    private Optional<SamplerChoice> choice() {
        return Optional.ofNullable(sampler).map(SamplerChoice::named);
    }

    private Guidance guidance() {
        double weight = weight();
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

    private double weight() {
        return guidance == null ? 1 : guidance;
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
                "--guidance-interval takes two values of σ/α such as 0.3:5, got '%s'.".formatted(guidanceInterval));
    }

    /** What guidance leads away from: one row per picture, or empty. */
    List<float[]> avoided(Model model, int count) {
        return Labels.rows(null, negative, model.classes(), count);
    }

    /** Pictures of these seeds, this way and with the classes that {@code labels} say. */
    GenerationRequest request(List<Long> seeds, Labels labels, Model model, Common common) {
        if (weight() != 1 && !labels.isSaid() && negative == null) {
            throw common.wrongUsage(
                    "--guidance leads towards --labels or --context, or away from --negative: say one of them.");
        }
        return GenerationRequest.of(seeds)
                .withContexts(labels.rows(model, seeds.size()))
                .withAvoided(avoided(model, seeds.size()))
                .withSampling(common.said(this::sampling));
    }

    /** Refuses ways that cannot be gone backwards, as wrong usage. */
    void requireReversible(Common common) {
        boolean back = common.said(this::choice).map(REVERSIBLE::contains).orElse(true);
        if (!back || (eta != null && eta != 0)) {
            throw common.wrongUsage(
                    "From a picture to its noise goes only ddim without fresh noise: leave out --sampler and --eta.");
        }
    }

    /** Refuses whatever was said, as wrong usage; {@code reason} begins the sentence. */
    void requireNothing(Common common, String reason) {
        if (!said().isEmpty()) {
            throw common.wrongUsage("%s: leave out %s."
                    .formatted(
                            reason,
                            said().keySet().stream().map(WayOptions::option).collect(Collectors.joining(", "))));
        }
    }

    /** What was said, as it stands on a line, each word with a space before it. */
    String words() {
        StringBuilder words = new StringBuilder();
        said().forEach((name, value) -> {
            boolean off = value.equals(false);
            words.append(" ").append(off ? option(name).replace("--", "--no-") : option(name));
            words.append(value instanceof Boolean ? "" : " " + value);
        });
        return words.toString();
    }

    private static String option(String field) {
        return "--" + field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    /** What was said by the names of the fields, and what {@code model} takes where nothing was: for the text of a picture. */
    void putInto(Map<String, Object> all, Generates model) {
        all.putAll(said());
        SamplingOptions taken = model.resolved(sampling());
        taken.sampler().ifPresent(word -> all.put("sampler", word));
        taken.grid().ifPresent(word -> all.put("grid", word));
        taken.steps().ifPresent(number -> all.put("steps", number));
    }

    private Map<String, Object> said() {
        return JSON.convertValue(this, new TypeReference<>() {});
    }
}
