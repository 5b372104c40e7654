package io.inkstone.cli;

import io.inkstone.Words;
import io.inkstone.run.SavedRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

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
    @Mixin
    private Common common;

    @Parameters(paramLabel = "RUN", arity = "0..1", description = "A run directory; --like names its own.")
    private Path run;

    @Option(names = "--like", paramLabel = "PICTURE.png", description = "Take RUN and every option from this picture.")
    private Path like;

    @Mixin
    private SampleOptions options;

    @Option(
            names = "--frames",
            paramLabel = "FILE",
            description = "Also write the pictures on the way: .png film strip, .gif animation, .npy [frames, N, …].")
    private Path frames;

    @Option(names = "--out", paramLabel = "FILE", description = "Default: RUN/samples/sample-SEED.png.")
    private Path out;

    @Override
    public void run() {
        if (options.noise != null && options.latents != null) {
            throw common.wrongUsage("--noise and --latents both say what to start from: give one of them.");
        }
        SampleOptions wish = like == null ? options : options.over(like);
        if (run == null && wish.source == null) {
            throw common.wrongUsage("Say which RUN to draw from, or --like PICTURE.png.");
        }
        wish.makeAbsolute();
        if (out != null) {
            common.requireKind(out, Written.KINDS);
        }
        if (frames != null) {
            common.requireKind(frames, List.of(".png", ".gif", ".npy", ".safetensors"));
        }
        Path root = run == null ? Path.of(wish.source.run()) : run;
        try (SavedRun saved = SavedRun.open(root, wish.weights(), common.device())) {
            Path file = out == null ? fallback(wish, saved) : out;
            String hash = saved.hash();
            if (wish.source != null && !wish.source.hash().equals(hash)) {
                common.say(Words.of(
                        "Note: %s was drawn from other weights (%s) than these (%s): pictures will differ.",
                        like, wish.source.checkpoint(), saved.checkpoint()));
            }
            wish.source = new SampleOptions.Source(
                    saved.directory().root().toAbsolutePath().normalize().toString(), saved.checkpoint(), hash);
            new Sampling(saved, wish, common).write(file, Optional.ofNullable(frames));
            common.print(file.toString(), Map.of("file", file.toString(), "sha256", hash));
        }
    }

    private static Path fallback(SampleOptions wish, SavedRun saved) {
        return saved.directory().samples().resolve(Words.of("sample-%d.png", wish.seed == null ? 0 : wish.seed));
    }
}
