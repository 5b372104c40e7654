package io.inkstone.cli;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.image.Pixels;
import io.inkstone.measure.AttributeVectors;
import io.inkstone.models.code.Coding;
import io.inkstone.models.draw.Editing;
import io.inkstone.run.SavedRun;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        if (way.strength != null) {
            run.common().said(() -> Editing.requireStrength(way.strength));
            if (data != null) {
                throw run.common().wrongUsage("--data is for --add, and --strength goes by noise alone: leave it out.");
            }
        }
        if (way.attributes != null && !way.attributes.values().stream().allMatch(Double::isFinite)) {
            throw run.common()
                    .wrongUsage(Words.of("--add takes numbers, such as Smiling=1.5, got %s.", way.attributes));
        }
        if (way.attributes != null) {
            drawing.said().requireNone(run.common(), "--add goes through codes, not through noise");
        }
        try (SavedRun saved = run.open()) {
            Path file = run.sheet(saved, out, "edit");
            if (way.strength == null) {
                add(saved, file);
            } else {
                redraw(saved, file);
            }
        }
    }

    private void add(SavedRun saved, Path file) {
        Coding coding = run.coding(saved);
        if (!saved.model().classes().isEmpty()) {
            throw new InputException("This model takes its attributes as labels: use 'sample --context', not 'edit'.");
        }
        String source = data == null ? saved.recipe().data().source() : Sources.absolute(data);
        NdArray inputs = Images.read(saved, images);
        AttributeVectors vectors = AttributeVectors.of(source, saved, coding, way.attributes.keySet());
        NdArray codes = coding.means(inputs, List.of());
        Map<String, NdArray> versions = new LinkedHashMap<>();
        versions.put(EDITED, coding.decode(vectors.add(codes, way.attributes), List.of()));
        versions.put("reconstruction", coding.decode(codes, List.of()));
        versions.put("input", inputs);
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("add", way.attributes);
        write(saved, file, versions, said);
    }

    private void redraw(SavedRun saved, Path file) {
        Editing editing = run.editing(saved);
        NdArray inputs = Images.read(saved, images);
        Map<String, NdArray> versions = new LinkedHashMap<>();
        versions.put(
                EDITED,
                editing.redrawn(inputs, way.strength, drawing.request(saved, (int) inputs.shape()[0], run.common())));
        versions.put("input", inputs);
        Map<String, Object> said = drawing.text(saved);
        said.put("strength", way.strength);
        write(saved, file, versions, said);
    }

    /** A sheet of all versions, from top to bottom; as an array the edits alone, [N, C, H, W]. */
    private void write(SavedRun saved, Path file, Map<String, NdArray> versions, Map<String, Object> said) {
        Map<String, List<Pixels>> rows = new LinkedHashMap<>();
        versions.forEach(
                (name, pictures) -> rows.put(name, saved.model().pictures().pixels(pictures)));
        said.put("images", images);
        new EditedPictures(run, saved, "edit").write(file, versions.get(EDITED), BeforeAfter.sheet(rows), said);
    }
}
