package io.inkstone.cli;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.Precision;
import io.inkstone.wish.DrawWish;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * The options of {@code sample} that determine its pictures, null where nothing was said. Their JSON is that of a
 * {@link DrawWish}, which is written into every picture.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
final class SampleOptions {
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

    @Option(
            names = "--size",
            paramLabel = "WIDTHxHEIGHT",
            description = "Of the pictures, where the model draws several sizes. Default: the run's own.")
    String size;

    @Option(
            names = "--noise",
            paramLabel = "N.npy",
            description = "Start from this noise [N, C, H, W]; of latents for Stable Diffusion.")
    String noise;

    @Option(names = "--latents", paramLabel = "Z.npy", description = "Start from these latents [N, latent].")
    String latents;

    @Option(
            names = "--batch",
            paramLabel = "N",
            description = "Most pictures at once. Default: 64, fewer of pictures above 64×64.")
    Integer batch;

    @Option(
            names = "--lora",
            paramLabel = "FILE=X",
            description = "Merge these low-rank changes, X times as strong, into Stable Diffusion. May be repeated.")
    List<String> lora;

    @Option(
            names = "--guide",
            paramLabel = "CHECKPOINT|RUN",
            description =
                    "Let guidance lead away from a weaker model instead of no class: an earlier checkpoint of this"
                            + " run, such as step-000600, or another run.")
    String guide;

    @Option(
            names = "--weights",
            paramLabel = "ema|raw|best",
            description = "Averaged weights, raw ones, or the averaged ones of the best checkpoint. Default: ema.")
    SavedRun.Weights weights;

    @JsonIgnore
    @Option(
            names = "--checkpoint",
            paramLabel = "NAME",
            description = "One of the run's checkpoints, such as step-000600. Default: the latest.")
    String checkpoint;

    @Option(names = "--precision", paramLabel = "P", description = "auto, float32 or bfloat16. Default: auto.")
    Precision precision;

    /** Everything of this that stands on the line. */
    SaidOptions said() {
        return SaidOptions.of(spec);
    }

    /** Everything of this that stands on the line, as a wish has it. */
    ObjectNode json() {
        return OptionsJson.of(this);
    }

    /** What the words mean. */
    DrawWish wish() {
        return DrawWish.of(json());
    }
}
