package io.inkstone.cli;

import io.inkstone.condition.Condition;
import io.inkstone.models.Diffuses;
import io.inkstone.models.draw.Contexts;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.Interpolation;
import io.inkstone.run.SavedRun;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        private Mix to;
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
        run.common().atLeast(2, "--count", count);
        try (SavedRun saved = run.open()) {
            Path file = run.sheet(saved, out, "interpolation");
            LatentSheet sheet = new LatentSheet(run, saved, labels, "interpolate");
            sheet.requireFit(count);
            Ends ends = ends(saved, sheet);
            sheet.write(file, ends.pictures(), count, ends.said());
        }
    }

    /** What was given, for what this run is; the rest of what was said is refused. */
    private Ends ends(SavedRun saved, LatentSheet sheet) {
        boolean byNoise = saved.model() instanceof Diffuses;
        if (given.images != null) {
            return byNoise ? noises(saved, sheet) : codes(saved);
        }
        return given.seeds != null ? seeds(saved, sheet, byNoise) : contexts(saved, sheet, byNoise);
    }

    private Ends.Codes codes(SavedRun saved) {
        drawing.said().requireNone(run.common(), "A way between pictures goes through codes here, not through noise");
        refuseSeed("A way between pictures begins and ends at their codes");
        return new Ends.Codes(
                run.coding(saved),
                Images.read(saved, given.images),
                labels.along(saved.model(), count),
                count,
                straightOrNot(),
                said("images", given.images, spherical));
    }

    private Ends.Noises noises(SavedRun saved, LatentSheet sheet) {
        drawing.towards(labels, run.common()).requireReversible(run.common());
        refuseSeed("A way between pictures begins and ends at their noises");
        GenerationRequest request = request(saved, labels.along(saved.model(), count));
        Map<String, Object> said = said("images", given.images, true);
        drawing.putInto(said, saved.generates());
        return new Ends.Noises(run.editing(saved), Images.read(saved, given.images), sheet, request, said);
    }

    private Ends.Seeds seeds(SavedRun saved, LatentSheet sheet, boolean byNoise) {
        GenerationRequest request = request(saved, labels.along(saved.model(), count));
        Map<String, Object> said = said("seeds", given.seeds, spherical);
        if (byNoise) {
            said.put("seed", seed());
            drawing.putInto(said, saved.generates());
        } else {
            refuseSeed("A model that makes a picture in one pass draws no noise between --seeds");
        }
        return new Ends.Seeds(given.seeds, straightOrNot(), sheet, request, said);
    }

    private Ends.Contexts contexts(SavedRun saved, LatentSheet sheet, boolean byNoise) {
        if (!labels.isSaid()) {
            throw run.common().wrongUsage("--to needs --context A (or --labels A): where the way begins.");
        }
        labels.requireOne(run.common(), "--to leads from one context to another");
        List<String> classes = saved.model().classes();
        GenerationRequest request =
                request(saved, Contexts.between(labels.row(classes), given.to.row(classes), straightOrNot(), count));
        Map<String, Object> said = said("to", given.to.words(), spherical);
        said.put("seed", seed());
        if (byNoise) {
            drawing.putInto(said, saved.generates());
        }
        return new Ends.Contexts(sheet, request, said);
    }

    /** Pictures of one seed: what samplers add on their way is the same for all. */
    private GenerationRequest request(SavedRun saved, List<Condition> conditions) {
        return drawing.towards(labels, run.common())
                .request(saved.model(), Collections.nCopies(count, seed()), conditions);
    }

    private Interpolation straightOrNot() {
        return spherical ? Interpolation.SPHERICAL : Interpolation.LINEAR;
    }

    private long seed() {
        return seed == null ? 0 : seed;
    }

    private void refuseSeed(String reason) {
        if (seed != null) {
            throw run.common().wrongUsage(reason + ": leave out --seed.");
        }
    }

    /** The beginning of what is said in a picture. */
    private static Map<String, Object> said(String option, Object value, boolean spherical) {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put(option, value);
        said.put("spherical", spherical);
        return said;
    }
}
