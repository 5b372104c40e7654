package io.inkstone.cli;

import io.inkstone.Words;
import io.inkstone.run.SavedRun;
import io.inkstone.studio.Lease;
import io.inkstone.wish.DrawWish;
import io.inkstone.wish.Source;
import java.nio.file.Path;
import java.util.List;
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
            "  inkstone sample path/to/stable-diffusion --prompt 'a red fox' --guidance 7.5 --count 1 --out fox.png",
            "  inkstone sample runs/sprites --context hat=0.7,glasses=0.3 --guidance 2 --count 16 --out mix.png",
            "  inkstone sample --like grid.png --seed 7 --out other.png"
        })
final class SampleCommand implements Runnable {
    /** Keys whose values a line can get wrong by itself; what a picture's text has wrong is a failure. */
    private static final String[] KEYS = {
        "count",
        "seed",
        "labels",
        "context",
        "prompt",
        "negative",
        "negativePrompt",
        "promptWeights",
        "clipSkip",
        "lora",
        "guide",
        "guidance",
        "guidanceRescale",
        "guidanceInterval",
        "sampler",
        "grid",
        "steps",
        "eta",
        "clamp",
        "threshold",
        "size",
        "noise",
        "latents",
        "batch"
    };

    @Mixin
    private Common common;

    @Parameters(
            paramLabel = "RUN",
            arity = "0..1",
            description =
                    "A run directory, a folder or file of Stable Diffusion, or a folder of DDPMPipeline or DDIMPipeline;"
                            + " --like names its own.")
    private Path run;

    @Option(names = "--like", paramLabel = "PICTURE.png", description = "Take RUN and every option from this picture.")
    private Path like;

    @Mixin
    private SampleOptions options;

    @Mixin
    private Overwriting overwriting;

    @Option(
            names = "--frames",
            paramLabel = "FILE",
            description = "Also write the pictures on the way: .png film strip, .gif animation, .npy [frames, N, …].")
    private Path frames;

    @Option(names = "--out", paramLabel = "FILE", description = "Default: RUN/samples/sample-SEED.png.")
    private Path out;

    @Override
    public void run() {
        DrawWish said = like == null
                ? common.said(options::wish)
                : common.done(() -> DrawWish.like(like, options.json()), KEYS);
        if (run == null && said.source().isEmpty()) {
            throw common.wrongUsage("Say which RUN to draw from, or --like PICTURE.png.");
        }
        if (out != null) {
            common.requireKind(out, Written.KINDS);
        }
        if (frames != null) {
            common.requireKind(frames, List.of(".png", ".gif", ".npy", ".safetensors"));
        }
        overwriting.require(out);
        overwriting.require(frames);
        Path root = run == null ? Path.of(said.source().orElseThrow().run()) : run;
        SavedRun.Weights weights = said.means().weights().orElse(SavedRun.Weights.EMA);
        OnRun.use(
                OnRun.choice(root, Optional.ofNullable(options.checkpoint))
                        .withWeights(weights)
                        .withDevice(common.device())
                        .withLoras(said.means().loras())
                        .withGuide(said.means().guideOf(root)),
                lease -> draw(said, lease));
    }

    private void draw(DrawWish said, Lease lease) {
        SavedRun saved = lease.run();
        lease.notes().forEach(common::say);
        Path file = out == null ? fallback(said, saved) : out;
        Source source = new Source(
                saved.directory().root().toAbsolutePath().normalize().toString(), saved.checkpoint(), lease.hash());
        said.source()
                .filter(other -> !other.hash().equals(source.hash()))
                .ifPresent(other -> common.say(Words.of(
                        "Note: %s was drawn from other weights (%s) than these (%s): pictures will differ.",
                        like, other.checkpoint(), saved.checkpoint())));
        DrawWish wish = said.absolute().toBuilder().source(Optional.of(source)).build();
        common.print(new Sampling(saved, wish, common).write(file, Optional.ofNullable(frames)));
    }

    private static Path fallback(DrawWish wish, SavedRun saved) {
        return TrainedRun.samples(saved).resolve(Words.of("sample-%d.png", wish.firstSeed()));
    }
}
