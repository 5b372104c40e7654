package io.inkstone.cli;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.image.PngText;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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

    @JsonIgnore
    @Spec(Spec.Target.SELF)
    private CommandSpec spec;

    @Mixin
    @JsonUnwrapped
    WayOptions way;

    @Mixin
    @JsonUnwrapped
    Labels labels;

    @Option(
            names = "--count",
            paramLabel = "N",
            description = "Pictures in all. Default: a grid of 8 columns, or 16; evaluate: as many as there are real"
                    + " ones, at most 5,000.")
    Integer count;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the first picture. Default: 0.")
    Long seed;

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

    /** How a model that takes steps draws them. */
    SamplingOptions sampling() {
        return way.way().sampling();
    }

    /** Everything of this that stands on the line. */
    SaidOptions said() {
        return SaidOptions.of(spec);
    }

    SavedRun.Weights weights() {
        return weights == null ? SavedRun.Weights.EMA : weights;
    }

    Precision precision() {
        return precision == null ? Precision.AUTO : precision;
    }

    /** These options over those that {@code picture} was drawn with. */
    SampleOptions over(Path picture) {
        String text = PngText.read(picture).get(KEYWORD);
        if (text == null) {
            throw new InputException(
                    Words.of("%s carries no recipe: only PNG files that 'inkstone sample' wrote do.", picture));
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
                return known(picture, all.setAll(mine));
            }
        } catch (JsonProcessingException broken) {
            // said below
        }
        throw new InputException(Words.of("The recipe in %s cannot be read.", picture));
    }

    /** Read strictly, which parts of one object are not by themselves. */
    private static SampleOptions known(Path picture, ObjectNode all) throws JsonProcessingException {
        SampleOptions read = JSON.treeToValue(all, SampleOptions.class);
        ObjectNode unknown = all.deepCopy();
        JSON.valueToTree(read).fieldNames().forEachRemaining(unknown::remove);
        if (!unknown.isEmpty()) {
            throw new InputException(Words.of(
                    "The recipe in %s has '%s', which this version does not know: use the one that wrote it.",
                    picture, unknown.fieldNames().next()));
        }
        return read;
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
        labels.makeAbsolute();
        way.makeAbsolute();
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
