package io.inkstone.cli;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.models.Coding;
import io.inkstone.run.AttributeVectors;
import io.inkstone.run.SavedRun;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inkstone edit RUN --images A --add Smiling=1.5}. */
@Command(
        name = "edit",
        description =
                "Adds attributes to pictures: the mean code of pictures that have one minus that of those that have"
                        + " not, from the run's own labelled data. A sheet with the edit above the plain reconstruction.")
final class EditCommand implements Runnable {
    @Mixin
    private TrainedRun run;

    @Mixin
    private Labels labels;

    @Option(names = "--images", required = true, arity = "1..*", paramLabel = "PATH", description = "Pictures.")
    private List<String> images;

    @Option(
            names = "--add",
            required = true,
            split = ",",
            paramLabel = "NAME=X",
            description = "Attribute and how much of it; negative takes it away.")
    private Map<String, Double> attributes;

    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "Labelled pictures. Default: what the run was trained on.")
    private String data;

    @Option(names = "--out", paramLabel = "FILE", description = "Default: RUN/samples/edit.png.")
    private Path out;

    @Override
    public void run() {
        try (SavedRun saved = run.open()) {
            Path file = TrainedRun.sheet(saved, out, "edit");
            Coding coding = run.coding(saved);
            if (!saved.model().classes().isEmpty()) {
                throw new InputException(
                        "This model takes its attributes as labels: use 'sample --context', not 'edit'.");
            }
            String source = data == null ? saved.recipe().data().source() : Sources.absolute(data);
            NdArray inputs = Images.read(saved, images);
            NdArray codes = coding.means(inputs, List.of());
            NdArray edited = AttributeVectors.of(source, saved, coding).add(codes, attributes);
            NdArray pictures =
                    NdArray.joined(List.of(coding.decode(edited, List.of()), coding.decode(codes, List.of())));
            new LatentSheet(run, saved, labels).write(file, pictures, (int) inputs.shape()[0]);
        }
    }
}
