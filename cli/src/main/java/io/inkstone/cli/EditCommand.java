package io.inkstone.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.array.NdArray;
import io.inkstone.image.Pixels;
import io.inkstone.run.SavedRun;
import io.inkstone.wish.AttributeWish;
import io.inkstone.wish.RedrawWish;
import io.inkstone.wish.Wish;
import io.inkstone.wish.Workbench;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inkstone edit RUN --images A --add Smiling=1.5} or {@code --strength 0.6}. */
@Command(
        name = "edit",
        description = {
            "Changes pictures. With --add, for VAEs: adds attributes, the mean code of pictures that have one minus"
                    + " that of those that have not, from the run's own labelled data.",
            "With --strength, for runs that remove noise: noises the pictures up to there and draws them again, with"
                    + " --labels or --context if you like.",
            "A sheet of the edits above what they were made of: with --add the plain reconstructions, then the"
                    + " pictures. An array holds the edits alone."
        },
        footer = {
            "",
            "Examples:",
            "  inkstone edit runs/faces --images face.png --add Smiling=1.5 --out smile.png",
            "  inkstone edit runs/sprites --images drawing.png --strength 0.6 --labels hat --out hat.png"
        })
final class EditCommand implements Runnable {
    private static final String EDITED = "edited";

    @Mixin
    private TrainedRun run;

    @Mixin
    private DrawingOptions drawing;

    @Option(names = "--images", required = true, arity = "1..*", paramLabel = "PATH", description = "Pictures.")
    private List<String> images;

    @ArgGroup(multiplicity = "1")
    private Way way;

    /** Through codes or through noise. */
    static final class Way {
        @Option(
                names = "--add",
                split = ",",
                paramLabel = "NAME=X",
                description = "Attribute and how much of it; negative takes it away.")
        private Map<String, Double> attributes;

        @Option(names = "--strength", paramLabel = "X", description = "0 gives the pictures back, 1 ignores them.")
        private Double strength;
    }

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "Labelled pictures for --add. Default: what the run was trained on.")
    private String data;

    @Option(names = "--out", paramLabel = "FILE", description = "Default: RUN/samples/edit.png.")
    private Path out;

    @Override
    public void run() {
        if (way.strength != null && data != null) {
            throw run.common().wrongUsage("--data is for --add, and --strength goes by noise alone: leave it out.");
        }
        if (way.attributes != null) {
            drawing.said().requireNone(run.common(), "--add goes through codes, not through noise");
        }
        Wish wish = run.common().said(this::wish);
        run.use(saved -> {
            Path file = run.sheet(saved, out, "edit");
            Workbench bench = run.bench(saved);
            if (wish instanceof RedrawWish redraw) {
                bench.editing();
                NdArray inputs = bench.pictures(images, redraw.drawing());
                Map<String, NdArray> versions = new LinkedHashMap<>();
                versions.put(EDITED, run.common().done(() -> redraw.on(bench, inputs), "seed"));
                versions.put("input", inputs);
                write(saved, file, versions, redraw.resolved(saved.generates()));
            } else if (wish instanceof AttributeWish add) {
                bench.coding();
                NdArray inputs = bench.pictures(images);
                AttributeWish.Edited edited = add.on(bench, inputs);
                Map<String, NdArray> versions = new LinkedHashMap<>();
                versions.put(EDITED, edited.edited());
                versions.put("reconstruction", edited.reconstruction());
                versions.put("input", inputs);
                write(saved, file, versions, add);
            }
        });
    }

    private Wish wish() {
        if (way.attributes != null) {
            return new AttributeWish(
                    images, way.attributes, Optional.ofNullable(data).map(Sources::absolute));
        }
        ObjectNode json = OptionsJson.of(Wish.Kind.EDIT, drawing);
        OptionsJson.with(json, "images", images);
        return Wish.of(OptionsJson.with(json, "strength", way.strength));
    }

    /** A sheet of all versions, from top to bottom; as an array the edits alone, [N, C, H, W]. */
    private void write(SavedRun saved, Path file, Map<String, NdArray> versions, Wish wish) {
        Map<String, List<Pixels>> rows = new LinkedHashMap<>();
        versions.forEach(
                (name, pictures) -> rows.put(name, saved.model().pictures().pixels(pictures)));
        new EditedPictures(run, saved).write(file, versions.get(EDITED), BeforeAfter.sheet(rows), wish);
    }
}
