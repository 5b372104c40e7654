package io.inkstone.measure;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.condition.Condition;
import io.inkstone.data.ClassOrder;
import io.inkstone.data.DataSet;
import io.inkstone.diffusion.Guidance;
import io.inkstone.image.Pixels;
import io.inkstone.image.Sheet;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.models.draw.ShownClasses;
import io.inkstone.run.JsonLines;
import io.inkstone.run.MetricsLog;
import io.inkstone.run.RunData;
import io.inkstone.run.SavedRun;
import io.inkstone.run.preview.SampleMeasures;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Runs side by side: one row of figures each, and one sheet with a block of columns each. */
public final class Comparison {
    private static final int COLUMNS = 4;
    private static final int UNCONDITIONAL_ROWS = 10;

    private Comparison() {}

    /**
     * One run's figures.
     *
     * @param name of the run, as {@link #names} tells it from the others
     * @param system its family
     * @param parameters trained values
     * @param trainingSeconds over all sessions
     * @param data the pictures that it is measured with
     * @param loss mean training loss of the last epoch; families differ in what that is
     * @param samples figures of generated pictures, drawn as the recipe's previews are; empty for a model that makes none
     */
    public record Row(
            String name,
            String system,
            long parameters,
            double trainingSeconds,
            String data,
            Optional<Double> loss,
            Optional<SampleMeasures> samples) {}

    /** The shortest ends of the runs' paths that tell them apart, in their order. */
    public static List<String> names(List<SavedRun> runs) {
        List<Path> roots = runs.stream()
                .map(run -> run.directory().root().toAbsolutePath().normalize())
                .toList();
        long different = roots.stream().distinct().count();
        int longest = roots.stream().mapToInt(Path::getNameCount).max().orElse(0);
        for (int parts = 1; parts < longest; parts++) {
            int last = parts;
            List<String> names = roots.stream().map(root -> end(root, last)).toList();
            if (names.stream().distinct().count() == different) {
                return names;
            }
        }
        return roots.stream().map(Path::toString).toList();
    }

    private static String end(Path root, int parts) {
        int count = root.getNameCount();
        return count == 0
                ? root.toString()
                : root.subpath(Math.max(0, count - parts), count).toString();
    }

    /** Measures one run, by the name that it has among others, against its own data. */
    public static Row row(String name, SavedRun run, ComputeDevice device, Precision precision) {
        return new Row(
                name,
                run.recipe().system(),
                run.model().network().parameterCount(),
                run.state().position().seconds(),
                dataName(run),
                loss(run),
                run.model() instanceof Generates model
                        ? Optional.of(samples(run, model, device, precision))
                        : Optional.empty());
    }

    private static SampleMeasures samples(SavedRun run, Generates model, ComputeDevice device, Precision precision) {
        Generation generation = new Generation(model, device, precision);
        SamplingOptions sampling = run.recipe().preview().sampling(model);
        // So that timing starts warm; of no class, so without guidance.
        generation.pictures(GenerationRequest.of(1, 0).withSampling(sampling.withGuidance(Guidance.NONE)));
        try (DataSet source = run.recipe().data().open();
                RunData data = new RunData(source, run.recipe(), run.classes().order(source.info(), false))) {
            return SampleMeasures.of(generation, sampling, SampleMeasures.real(data, model));
        }
    }

    private static String dataName(SavedRun run) {
        try (DataSet data = run.recipe().data().open()) {
            return data.info().name();
        }
    }

    /** What was logged until the checkpoint: later lines are of weights that are not compared. */
    private static Optional<Double> loss(SavedRun run) {
        long last = run.state().position().step();
        return loss(JsonLines.read(run.directory().metricsFile()).stream()
                .filter(line -> line.path("step").asLong() <= last)
                .toList());
    }

    /** Of runs that logged no means of epochs, the last logged step's. */
    public static Optional<Double> loss(List<JsonNode> metrics) {
        return last(metrics.stream()
                        .filter(line -> line.path(MetricsLog.SPLIT).asText().equals(MetricsLog.EPOCH)))
                .or(() -> last(metrics.stream()));
    }

    private static Optional<Double> last(Stream<JsonNode> lines) {
        return lines.filter(line -> line.has("loss"))
                .reduce((earlier, later) -> later)
                .map(line -> line.path("loss").asDouble());
    }

    /**
     * Rows are classes, blocks of columns are runs; all that draw must know the same classes, or none. Empty where none
     * draws.
     */
    public static Optional<Pixels> sheet(List<SavedRun> runs, ComputeDevice device, Precision precision) {
        List<SavedRun> drawing =
                runs.stream().filter(run -> run.model() instanceof Generates).toList();
        if (drawing.isEmpty()) {
            return Optional.empty();
        }
        List<String> classes = drawing.get(0).generates().classes();
        List<String> names = names(runs);
        List<Pixels> blocks = new ArrayList<>();
        for (SavedRun run : drawing) {
            Generates model = run.generates();
            GenerationRequest request = request(drawing.get(0), run)
                    .withSampling(run.recipe().preview().sampling(model));
            List<Pixels> pictures = model.pictures().pixels(new Generation(model, device, precision).pictures(request));
            Sheet block = Sheet.of(pictures, COLUMNS);
            Pixels drawn = (blocks.isEmpty() ? block.withRowLabels(ShownClasses.names(classes)) : block).draw();
            blocks.add(Sheet.of(List.of(drawn), 1)
                    .withEnlargement(1)
                    .withColumnLabels(List.of(names.get(runs.indexOf(run))))
                    .draw());
        }
        int height = blocks.stream().mapToInt(Pixels::height).max().orElse(0);
        return Optional.of(Sheet.beside(
                Sheet.Look.LIGHT,
                blocks.stream().map(block -> lowered(block, height)).toList()));
    }

    /** The classes of the first run row by row, wherever the other one has them. */
    private static GenerationRequest request(SavedRun first, SavedRun run) {
        List<String> wanted = first.model().classes();
        List<String> there = run.model().classes();
        ClassOrder order = ClassOrder.ofNames(wanted, there)
                .orElseThrow(() -> new InputException(Words.of(
                        "%s knows %s, %s knows %s%s: compare runs on the same data.",
                        first.directory().root(),
                        ClassOrder.words(wanted),
                        run.directory().root(),
                        ClassOrder.words(there),
                        ClassOrder.difference(wanted, there))));
        if (wanted.isEmpty()) {
            return GenerationRequest.of(UNCONDITIONAL_ROWS * COLUMNS, 0);
        }
        List<Condition> rows = ShownClasses.of(wanted.size()).stream()
                .flatMap(index ->
                        Collections.nCopies(
                                COLUMNS, Condition.oneOf(order.places().get(index), there.size()))
                                .stream())
                .toList();
        return GenerationRequest.of(rows.size(), 0).withConditions(rows);
    }

    /** Filled up from above, so that pictures stand side by side whatever the lines of their names. */
    private static Pixels lowered(Pixels block, int height) {
        int missing = height - block.height() - Sheet.Look.LIGHT.margin();
        return missing < 1
                ? block
                : Sheet.above(
                        Sheet.Look.LIGHT,
                        List.of(Pixels.filled(block.width(), missing, Sheet.Look.LIGHT.background()), block));
    }
}
