package io.inkstone.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.AtomicFile;
import io.inkstone.image.PictureFile;
import io.inkstone.measure.Comparison;
import io.inkstone.run.SavedRun;
import io.inkstone.run.preview.SampleMeasures;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Hardware;
import io.inkstone.tensor.Precision;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** A comparison as a table on the terminal, comparison.json and comparison.png. */
final class ComparisonReport {
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    private ComparisonReport() {}

    /**
     * What is compared, and how.
     *
     * @param runs their directories
     * @param checkpoint name of one that each of them has; empty for the latest of each
     * @param weights of it
     * @param precision of passes
     */
    record Compared(List<Path> runs, Optional<String> checkpoint, SavedRun.Weights weights, Precision precision) {}

    /** Writes sheet and figures into {@code folder}. */
    static Result write(Compared compared, Path folder, ComputeDevice device) {
        Precision precision = compared.precision();
        List<SavedRun> open = new ArrayList<>();
        try {
            compared.runs()
                    .forEach(run -> open.add(SavedRun.open(run, compared.checkpoint(), compared.weights(), device)));
            Optional<Path> sheet = sheet(open, precision, folder, device);
            List<String> names = Comparison.names(open);
            List<Map<String, Object>> rows = IntStream.range(0, open.size())
                    .mapToObj(i -> fields(open.get(i), Comparison.row(names.get(i), open.get(i), device, precision)))
                    .toList();
            Map<String, Object> result = new LinkedHashMap<>();
            result.put("processor", Hardware.here().describe());
            result.put("runs", rows);
            MeasuredTable measured = new MeasuredTable(names, open);
            result.put("evaluations", measured.fields());
            sheet.ifPresent(file -> result.put("sheet", file.toString()));
            byte[] json = JSON.writeValueAsBytes(result);
            AtomicFile.write(folder.resolve("comparison.json"), out -> out.write(json));
            String drawn = sheet.map(file -> System.lineSeparator() + file).orElse("");
            return new Result(table(rows) + measured.text() + drawn, result);
        } catch (IOException failure) {
            throw new InputException(failure.getMessage(), failure);
        } finally {
            open.forEach(SavedRun::close);
        }
    }

    private static Optional<Path> sheet(List<SavedRun> runs, Precision precision, Path folder, ComputeDevice device) {
        return Comparison.sheet(runs, device, precision).map(drawn -> {
            Path file = folder.resolve("comparison.png");
            PictureFile.write(file, drawn);
            return file;
        });
    }

    private static Map<String, Object> fields(SavedRun run, Comparison.Row row) {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("run", row.name());
        fields.put("checkpoint", run.checkpoint());
        fields.put("system", row.system());
        fields.put("data", row.data());
        fields.put("parameters", row.parameters());
        fields.put("trainingSeconds", Math.round(row.trainingSeconds()));
        row.samples()
                .ifPresent(samples ->
                        fields.put("samplingMillisecondsPerPicture", rounded(samples.secondsPerPicture() * 1000)));
        fields.put("sampling", row.samples().map(SampleMeasures::sampling).orElse("no pictures"));
        row.loss().ifPresent(loss -> fields.put("loss", rounded(loss)));
        row.samples().ifPresent(samples -> samples.byName().forEach((name, value) -> fields.put(name, rounded(value))));
        return fields;
    }

    private static double rounded(double value) {
        return Double.parseDouble(String.format(Locale.ROOT, "%.4g", value));
    }

    private static String table(List<Map<String, Object>> rows) {
        StringBuilder text = new StringBuilder(Words.of(
                "%-28s %12s %12s %14s %10s %10s %10s %10s  %s%n",
                "run",
                "parameters",
                "training",
                "ms a picture",
                "loss",
                "diversity",
                "classes",
                "agreement",
                "drawn in"));
        for (Map<String, Object> row : rows) {
            text.append(Words.of(
                    "%-28s %,12d %12s %14s %10s %10s %10s %10s  %s%n",
                    row.get("run"),
                    (long) row.get("parameters"),
                    Durations.words(((Number) row.get("trainingSeconds")).doubleValue()),
                    row.getOrDefault("samplingMillisecondsPerPicture", "-"),
                    row.getOrDefault("loss", "-"),
                    row.getOrDefault("diversity", "-"),
                    row.getOrDefault("classes", "-"),
                    row.getOrDefault("agreement", "-"),
                    row.get("sampling")));
        }
        rows.forEach(row -> text.append(
                Words.of("%s (%s) is measured against %s.%n", row.get("run"), row.get("checkpoint"), row.get("data"))));
        return text.toString();
    }
}
