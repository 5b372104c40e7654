package io.inkstone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.image.Curves;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.image.Sheet;
import io.inkstone.run.JsonLines;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Resident memory over the steps of many runs, a small chart each, from zero: {@code PICTURE RUN…}. */
public final class LongRuns {
    private static final int COLUMNS = 4;
    private static final int WIDTH = 300;
    private static final int HEIGHT = 160;
    /** Of a chart; each is the most of a hundredth of the steps, so that nothing that was held for a while is hidden. */
    private static final int POINTS = 100;

    private LongRuns() {}

    public static void main(String[] words) throws IOException {
        List<Path> runs = Arrays.stream(words).skip(1).map(Path::of).toList();
        List<Pixels> rows = new ArrayList<>();
        for (int i = 0; i < runs.size(); i += COLUMNS) {
            rows.add(row(runs.subList(i, Math.min(i + COLUMNS, runs.size()))));
        }
        PictureFile.write(Path.of(words[0]), Sheet.above(Sheet.Look.LIGHT, rows));
    }

    private static Pixels row(List<Path> runs) {
        return Sheet.beside(Sheet.Look.LIGHT, runs.stream().map(LongRuns::chart).toList());
    }

    private static Pixels chart(Path run) {
        List<JsonNode> lines = JsonLines.read(run.resolve("metrics.jsonl")).stream()
                .filter(line -> line.has("residentMegabytes"))
                .toList();
        double last = lines.get(lines.size() - 1).path("step").asDouble();
        double[] x = new double[POINTS + 1];
        double[] y = new double[POINTS + 1];
        Arrays.fill(y, Double.NaN); // a hundredth without a line is left out
        y[0] = 0; // no process yet
        for (int i = 1; i <= POINTS; i++) {
            x[i] = last * i / POINTS;
        }
        for (JsonNode line : lines) {
            int point = Math.max(1, (int) Math.ceil(line.path("step").asDouble() * POINTS / last));
            y[point] = Math.max(Double.isNaN(y[point]) ? 0 : y[point], line.path("residentMegabytes").asDouble());
        }
        String name = run.getFileName().toString();
        return new Curves("", "step", false, List.of(new Curves.Series(name, x, y))).draw(WIDTH, HEIGHT);
    }
}
