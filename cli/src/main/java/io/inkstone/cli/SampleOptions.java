package io.inkstone.cli;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.grid.GridChoice;
import io.inkstone.diffusion.sampler.SamplerChoice;
import io.inkstone.image.PngText;
import io.inkstone.models.SamplingOptions;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import picocli.CommandLine.Option;

/**
 * The options of {@code sample} that determine its pictures, null where nothing was said. Written into every picture as
 * JSON and read back by {@code --like}.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class SampleOptions {
    /** The PNG keyword. */
    static final String KEYWORD = "inkstone.sample";

    private static final ObjectMapper JSON = new ObjectMapper();

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Pictures in all. Default: a grid of 8 columns, or 16; evaluate: as many as there are real"
                    + " ones, at most 5,000.")
    Integer count;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the first picture. Default: 0.")
    Long seed;

    @Option(names = "--labels", paramLabel = "A,B,…", description = "A class per picture, by number or name.")
    String labels;

    @Option(
            names = "--context",
            paramLabel = "MIX",
            description = "One context for all: hat=0.7,glasses=0.3, or none, or C.npy [N, c].")
    String context;

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

    @Option(names = "--noise", paramLabel = "N.npy", description = "Start from this noise [N, C, H, W].")
    String noise;

    @Option(names = "--latents", paramLabel = "Z.npy", description = "Start from these latents [N, latent].")
    String latents;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Most pictures at once. Default: 64, fewer of pictures above 64×64.")
    Integer batch;

    @Option(names = "--weights", paramLabel = "ema|raw", description = "Averaged weights or raw ones. Default: ema.")
    SavedRun.Weights weights;

    @Option(names = "--precision", paramLabel = "P", description = "auto, float32 or bfloat16. Default: auto.")
    Precision precision;

    /** What the picture was drawn from; not an option. */
    Source source;

    /**
     * The weights behind a picture.
     *
     * @param run directory, absolute
     * @param checkpoint its folder's name
     * @param hash SHA-256 of the weight file
     */
    record Source(String run, String checkpoint, String hash) {}

    SavedRun.Weights weights() {
        return weights == null ? SavedRun.Weights.EMA : weights;
    }

    Precision precision() {
        return precision == null ? Precision.AUTO : precision;
    }

    /** How to sample, in the words of the library. */
    SamplingOptions sampling() {
        return new SamplingOptions(
                Optional.ofNullable(sampler)
                        .map(word -> SamplerChoice.named(word).word()),
                Optional.ofNullable(grid).map(word -> GridChoice.named(word).word()),
                steps == null ? OptionalInt.empty() : OptionalInt.of(steps),
                eta == null ? 0 : eta,
                guidance(),
                clamp != null && clamp,
                threshold == null ? OptionalDouble.empty() : OptionalDouble.of(threshold));
    }

    private Guidance guidance() {
        double weight = guidance == null ? 1 : guidance;
        if (weight == 1 && (guidanceRescale != null || guidanceInterval != null)) {
            throw new InputException(
                    "--guidance-rescale and --guidance-interval change guidance, and there is none: choose a weight such as --guidance 3.");
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
                "--guidance-interval takes two values of σ/α such as 0.3:5, got '%s'.".formatted(guidanceInterval));
    }

    /** These options over those that {@code picture} was drawn with. */
    SampleOptions over(Path picture) {
        String text = PngText.read(picture).get(KEYWORD);
        if (text == null) {
            throw new InputException(
                    "%s carries no recipe: only PNG files that 'inkstone sample' wrote do.".formatted(picture));
        }
        try {
            JsonNode theirs = JSON.readTree(text);
            ObjectNode mine = JSON.valueToTree(this);
            if (theirs instanceof ObjectNode all) {
                replace(all, mine, List.of("labels", "context"), List.of("labels", "context"));
                replace(all, mine, List.of("clamp", "threshold"), List.of("clamp", "threshold"));
                // What was started from says how many pictures there are, and their seeds say what is started from.
                replace(all, mine, List.of("noise", "latents"), List.of("noise", "latents", "count"));
                replace(all, mine, List.of("seed", "count"), List.of("noise", "latents"));
                return JSON.treeToValue(all.setAll(mine), SampleOptions.class);
            }
        } catch (JsonProcessingException broken) {
            // said below
        }
        throw new InputException("The recipe in %s cannot be read.".formatted(picture));
    }

    /** Where one of {@code said} is new, none of the {@code old} ones counts any more. */
    private static void replace(ObjectNode theirs, ObjectNode mine, List<String> said, List<String> old) {
        if (said.stream().anyMatch(mine::has)) {
            theirs.remove(old);
        }
    }

    /** The file of what to start from instead of the seeds. */
    Optional<String> start() {
        return Optional.ofNullable(noise == null ? latents : noise);
    }

    /** With the names of files as they are found from any folder. */
    void makeAbsolute() {
        noise = absolute(noise);
        latents = absolute(latents);
        context = isFile(context) ? absolute(context) : context;
        negative = isFile(negative) ? absolute(negative) : negative;
    }

    private static boolean isFile(String context) {
        return context != null && context.endsWith(".npy");
    }

    private static String absolute(String file) {
        return file == null ? null : Path.of(file).toAbsolutePath().normalize().toString();
    }

    String print() {
        try {
            return JSON.writeValueAsString(this);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
