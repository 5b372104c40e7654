package io.inkstone.cli;

import io.inkstone.InputException;
import io.inkstone.models.Generates;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code inkstone sample RUN …}. */
@Command(
        name = "sample",
        description = "Draws pictures from a trained run. Picture i has seed S+i. Without --labels and --context a"
                + " conditional model draws a grid, a row a class.",
        footer = {
            "",
            "Examples:",
            "  inkstone sample runs/sprites --out grid.png",
            "  inkstone sample runs/sprites --context hat=0.7,glasses=0.3 --guidance 2 --count 16 --out mix.png",
            "  inkstone sample --like grid.png --seed 7 --out other.png"
        })
final class SampleCommand implements Runnable {
    private static final List<String> KINDS = List.of(".png", ".jpg", ".jpeg", ".gif", ".npy", ".safetensors");

    @Mixin
    private Common common;

    @Spec
    private CommandSpec spec;

    @Parameters(paramLabel = "RUN", arity = "0..1", description = "A run directory; --like names its own.")
    private Path run;

    @Option(names = "--like", paramLabel = "PICTURE.png", description = "Take RUN and every option from this picture.")
    private Path like;

    @Option(names = "--count", paramLabel = "N", description = "Pictures in all. Default: a grid of 8 columns, or 16.")
    private Integer count;

    @Option(names = "--seed", paramLabel = "S", description = "Seed of the first picture. Default: 0.")
    private Long seed;

    @Option(names = "--labels", paramLabel = "A,B,…", description = "A class per picture, by number or name.")
    private String labels;

    @Option(
            names = "--context",
            paramLabel = "MIX",
            description = "One context for all: hat=0.7,glasses=0.3, or none, or C.npy [N, c].")
    private String context;

    @Option(names = "--guidance", paramLabel = "W", description = "Classifier-free guidance; 1 is none. Default: 1.")
    private Double guidance;

    @Option(
            names = "--sampler",
            paramLabel = "NAME",
            description = "ddim, ddpm, ddpm-small, ddpm-large or ddpm-zero. Default: ddim.")
    private String sampler;

    @Option(names = "--steps", paramLabel = "N", description = "Default: 25 with ddim, all with ddpm.")
    private Integer steps;

    @Option(names = "--eta", paramLabel = "X", description = "Fresh noise of ddim, 0 to 1. Default: 0.")
    private Double eta;

    @Option(names = "--clamp", negatable = true, description = "Hold the predicted picture inside its range.")
    private Boolean clamp;

    @Option(names = "--noise", paramLabel = "N.npy", description = "Start from this noise [N, C, H, W].")
    private String noise;

    @Option(names = "--latents", paramLabel = "Z.npy", description = "Start from these latents [N, latent].")
    private String latents;

    @Option(names = "--batch", paramLabel = "N", description = "Most pictures at once. Default: 64.")
    private Integer batch;

    @Option(names = "--weights", paramLabel = "ema|raw", description = "Averaged weights or raw ones. Default: ema.")
    private String weights;

    @Option(names = "--precision", paramLabel = "P", description = "auto, float32 or bfloat16. Default: auto.")
    private String precision;

    @Option(
            names = "--frames",
            paramLabel = "FILE",
            description = "Also write the pictures on the way: .png film strip, .gif animation, .npy [frames, N, …].")
    private Path frames;

    @Option(names = "--out", paramLabel = "FILE", description = "Default: RUN/samples/sample-SEED.png.")
    private Path out;

    @Override
    public void run() {
        SampleWish wish = wish();
        if (wish.run() == null) {
            throw new ParameterException(spec.commandLine(), "Say which RUN to draw from, or --like PICTURE.png.");
        }
        try (SavedRun saved = SavedRun.open(Path.of(wish.run()), Words.weights(wish.weights()), common.device())) {
            String hash = saved.hash();
            if (wish.hash() != null && !wish.hash().equals(hash)) {
                common.say(
                        "Note: %s was drawn from %s with other weights than the run's latest (%s): pictures will differ."
                                .formatted(like, wish.checkpoint(), saved.checkpoint()));
            }
            Path file = out == null ? fallback(wish, saved) : out;
            Written.requireKind(file, KINDS);
            SampleWish complete = wish.from(
                    saved.directory().root().toAbsolutePath().normalize().toString(), saved.checkpoint(), hash);
            Precision chosen = Words.precision(wish.precision());
            new Sampling(saved, generates(saved), complete, chosen, common).write(file, Optional.ofNullable(frames));
            common.print(file.toString(), Map.of("file", file.toString(), "sha256", hash));
        }
    }

    private SampleWish wish() {
        SampleWish mine = new SampleWish(
                run == null ? null : run.toString(),
                null,
                null,
                weights,
                precision,
                count,
                seed,
                labels,
                context,
                guidance,
                sampler,
                steps,
                eta,
                clamp,
                noise,
                latents,
                batch);
        return like == null ? mine : mine.or(SampleWish.of(like));
    }

    private static Path fallback(SampleWish wish, SavedRun saved) {
        return saved.directory().samples().resolve("sample-%d.png".formatted(wish.seed() == null ? 0 : wish.seed()));
    }

    private static Generates generates(SavedRun saved) {
        if (saved.model() instanceof Generates model) {
            return model;
        }
        throw new InputException(
                "A model of system '%s' makes no pictures out of noise; it can reconstruct, encode and decode."
                        .formatted(saved.recipe().system()));
    }
}
