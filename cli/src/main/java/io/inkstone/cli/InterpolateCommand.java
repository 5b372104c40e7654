package io.inkstone.cli;

import io.inkstone.array.NdArray;
import io.inkstone.models.Coding;
import io.inkstone.models.Contexts;
import io.inkstone.models.Diffuses;
import io.inkstone.models.GenerationRequest;
import io.inkstone.models.Interpolation;
import io.inkstone.models.Model;
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
    private Ends ends;

    /** Two pictures, two seeds, or the context that the way leads to. */
    static final class Ends {
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
            defaultValue = "0",
            description = "Of all pictures of --to, and of the noise that samplers add on any way. Default: 0.")
    private long seed;

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
            boolean coded = ends.images != null && !(saved.model() instanceof Diffuses);
            boolean noises = ends.images != null && !coded;
            Interpolation way = spherical || noises ? Interpolation.SPHERICAL : Interpolation.LINEAR;
            NdArray pictures = coded ? throughCodes(saved, way) : drawn(saved, sheet, way);
            sheet.write(file, pictures, count, said(saved, way));
        }
    }

    private NdArray throughCodes(SavedRun saved, Interpolation way) {
        drawing.requireNothing(run.common(), "A way between pictures goes through codes here, not through noise");
        Coding coding = run.coding(saved);
        NdArray codes = coding.means(Images.read(saved, ends.images), labels.rows(saved.model(), 2));
        return coding.decode(way.between(codes, count), labels.rows(saved.model(), count));
    }

    /** Drawn from the starts between two, or from one with the contexts between two. */
    private NdArray drawn(SavedRun saved, LatentSheet sheet, Interpolation way) {
        GenerationRequest request = request(saved, count);
        if (ends.to != null) {
            return sheet.generated(sheet.starts(request.seeds()), request.withContexts(contexts(saved.model(), way)));
        }
        NdArray both = ends.images == null ? sheet.starts(ends.seeds) : noises(saved);
        return sheet.generated(way.between(both, count), request);
    }

    /** From which the two pictures are drawn. */
    private NdArray noises(SavedRun saved) {
        drawing.requireReversible(run.common());
        return run.editing(saved).inverted(Images.read(saved, ends.images), request(saved, 2));
    }

    /** Pictures of one seed: what samplers add on their way is the same for all. */
    private GenerationRequest request(SavedRun saved, int number) {
        return drawing.request(Collections.nCopies(number, seed), labels, saved.model(), run.common());
    }

    private Map<String, Object> said(SavedRun saved, Interpolation way) {
        Map<String, Object> said = new LinkedHashMap<>();
        if (ends.images != null) {
            said.put("images", ends.images);
        } else if (ends.seeds != null) {
            said.put("seeds", ends.seeds);
        } else {
            said.put("to", ends.to);
        }
        said.put("spherical", way == Interpolation.SPHERICAL);
        boolean byNoise = saved.model() instanceof Diffuses;
        if (ends.to != null || (byNoise && ends.seeds != null)) {
            said.put("seed", seed);
        }
        if (byNoise) {
            drawing.putInto(said, saved.generates());
        }
        return said;
    }

    private List<float[]> contexts(Model model, Interpolation way) {
        if (!labels.isSaid()) {
            throw run.common().wrongUsage("--to needs --context A (or --labels A): where the way begins.");
        }
        int size = model.classes().size();
        float[] both = new float[2 * size];
        copy(labels.rows(model, 1), both, 0);
        copy(Labels.rows(null, ends.to, model.classes(), 1), both, size);
        return Contexts.rows(way.between(NdArray.of(both, 2, size), count), count);
    }

    /** Nothing said is zeros. */
    private static void copy(List<float[]> rows, float[] to, int at) {
        rows.forEach(row -> System.arraycopy(row, 0, to, at, row.length));
    }
}
