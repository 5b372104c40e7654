package io.inkstone.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.InputException;
import io.inkstone.data.DataSet;
import io.inkstone.data.source.DataSource;
import io.inkstone.image.Pixels;
import io.inkstone.image.Sheet;
import io.inkstone.models.Generates;
import io.inkstone.models.Generation;
import io.inkstone.models.GenerationRequest;
import io.inkstone.models.SamplingOptions;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Runs side by side: one row of figures each, and one sheet with a block of columns each. */
public final class Comparison {
    private static final int COLUMNS = 4;
    private static final int UNCONDITIONAL_ROWS = 10;

    private Comparison() {}

    /**
     * One run's figures.
     *
     * @param name of the run directory
     * @param system its family
     * @param parameters trained values
     * @param trainingSeconds over all sessions
     * @param loss the last logged training loss; families differ in what that is
     * @param samples figures of generated pictures
     */
    public record Row(
            String name,
            String system,
            long parameters,
            double trainingSeconds,
            Optional<Double> loss,
            SampleMeasures samples) {}

    /** Measures one run against its own data. */
    public static Row row(SavedRun run, ComputeDevice device, Precision precision) {
        Generates model = generates(run);
        Generation generation = new Generation(model, device, precision, Generation.DEFAULT_BATCH);
        SamplingOptions sampling = run.recipe().preview().sampling(model);
        generation.pictures(GenerationRequest.of(1, 0).withSampling(sampling)); // so that timing starts warm
        try (DataSet source = DataSource.open(run.recipe().data().source());
                RunData data = new RunData(source, run.recipe())) {
            SampleMeasures samples = SampleMeasures.of(generation, sampling, SampleMeasures.real(data, model));
            return new Row(
                    run.directory().root().getFileName().toString(),
                    run.recipe().system(),
                    model.network().parameterCount(),
                    Checkpoints.state(run.file().getParent()).position().seconds(),
                    loss(run),
                    samples);
        }
    }

    private static Optional<Double> loss(SavedRun run) {
        List<JsonNode> lines = JsonLines.read(run.directory().metricsFile()).stream()
                .filter(line -> line.has("loss"))
                .toList();
        return lines.isEmpty()
                ? Optional.empty()
                : Optional.of(lines.get(lines.size() - 1).path("loss").asDouble());
    }

    /** Rows are classes, blocks of columns are runs; all runs must know the same classes, or none. */
    public static Pixels sheet(List<SavedRun> runs, ComputeDevice device, Precision precision) {
        List<String> classes = generates(runs.get(0)).classes();
        List<Pixels> blocks = new ArrayList<>();
        for (SavedRun run : runs) {
            Generates model = generates(run);
            if (!model.classes().equals(classes)) {
                throw new InputException("%s knows other classes than %s: compare runs on the same data."
                        .formatted(
                                run.directory().root(), runs.get(0).directory().root()));
            }
            int rows = classes.isEmpty() ? UNCONDITIONAL_ROWS : classes.size();
            GenerationRequest request = (classes.isEmpty()
                            ? GenerationRequest.of(rows * COLUMNS, 0)
                            : GenerationRequest.grid(rows, COLUMNS, 0))
                    .withSampling(run.recipe().preview().sampling(model));
            List<Pixels> pictures = model.pictures()
                    .pixels(new Generation(model, device, precision, Generation.DEFAULT_BATCH).pictures(request));
            List<String> heads = new ArrayList<>(List.of(run.recipe().system(), "", "", ""));
            Sheet block = Sheet.of(pictures, COLUMNS).withColumnLabels(heads);
            blocks.add((blocks.isEmpty() ? block.withRowLabels(classes) : block).draw());
        }
        return Sheet.beside(Sheet.Look.LIGHT, blocks);
    }

    private static Generates generates(SavedRun run) {
        if (run.model() instanceof Generates model) {
            return model;
        }
        throw new InputException("%s makes no pictures out of random numbers; only generators can be compared."
                .formatted(run.directory().root()));
    }
}
