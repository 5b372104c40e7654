package io.inkstone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.array.NdArray;
import io.inkstone.image.Sheet;
import io.inkstone.wish.InterpolateWish;
import io.inkstone.wish.Wish;
import io.inkstone.wish.Workbench;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inkstone interpolate RUN --images A B | --seeds A B}. */
@Command(
        name = "interpolate",
        description =
                "Goes from one picture to another through their codes (where noise is removed: through the noise from"
                        + " which they are drawn), from one seed to another, or with one seed from one context to another.",
        footer = {
            "",
            "Examples:",
            "  inkstone interpolate runs/faces --images a.png b.png --out way.png",
            "  inkstone interpolate runs/sprites --images a.png b.png --context hat --steps 50 --out way.png",
            "  inkstone interpolate runs/sprites --seeds 1 2 --spherical --context hat --out way.png",
            "  inkstone interpolate runs/sprites --context hat --to glasses=0.5 --seed 3 --out way.png"
        })
final class InterpolateCommand implements Runnable {
    @Mixin
    private TrainedRun run;

    @Mixin
    private Labels labels;

    @Mixin
    private WayOptions drawing;

    @ArgGroup(multiplicity = "1")
    private Given given;

    /** Two pictures, two seeds, or the context that the way leads to. */
    static final class Given {
        @Option(names = "--images", arity = "2", paramLabel = "PICTURE", description = "Two pictures.")
        private List<String> images;

        @Option(names = "--seeds", arity = "2", paramLabel = "SEED", description = "Two picture seeds.")
        private List<Long> seeds;

        @Option(names = "--to", paramLabel = "MIX", description = "From --context A (or --labels A) to this one.")
        private String to;
    }

    @Option(
            names = "--seed",
            paramLabel = "S",
            description = "Of all pictures of --to, and of the noise that samplers add between --seeds. Default: 0.")
    private Long seed;

    @Option(
            names = "--spherical",
            description = "Along the great circle instead of the straight line; the way between the noises of --images"
                    + " always is.")
    private boolean spherical;

    @Option(names = "--count", paramLabel = "N", defaultValue = "10", description = "Pictures, the ends included.")
    private int count;

    @Option(names = "--out", paramLabel = "FILE", description = "Default: RUN/samples/interpolation.png.")
    private Path out;

    @Override
    public void run() {
        InterpolateWish wish = run.common().said(this::wish);
        run.use(saved -> {
            Path file = run.sheet(saved, out, "interpolation");
            Workbench bench = run.bench(saved);
            run.common().said(() -> {
                wish.requirePossible(bench);
                return wish;
            });
            NdArray pictures = wish.on(bench);
            new EditedPictures(run, saved)
                    .write(
                            file,
                            pictures,
                            Sheet.of(saved.model().pictures().pixels(pictures), count),
                            wish.resolved(bench));
        });
    }

    private InterpolateWish wish() {
        ObjectNode json = OptionsJson.of(Wish.Kind.INTERPOLATE, labels, drawing);
        OptionsJson.with(json, "images", given.images);
        OptionsJson.with(json, "seeds", given.seeds);
        OptionsJson.with(json, "to", given.to);
        OptionsJson.with(json, "seed", seed);
        json.put("spherical", spherical);
        json.put("count", count);
        return (InterpolateWish) Wish.of(json);
    }
}
