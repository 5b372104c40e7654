package io.inkstone.run;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.image.Curves;
import io.inkstone.image.PictureFile;
import io.inkstone.train.Listener;
import io.inkstone.train.Trainer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Redraws curves.png from the metrics after every epoch and at the end. */
final class CurvesPainter implements Listener {
    private final RunDirectory run;

    CurvesPainter(RunDirectory run) {
        this.run = run;
    }

    @Override
    public void epochEnded(Trainer trainer) {
        draw();
    }

    @Override
    public void interrupted(Trainer trainer) {
        draw();
    }

    private void draw() {
        Map<String, List<double[]>> points = new LinkedHashMap<>();
        for (JsonNode line : JsonLines.read(run.metricsFile())) {
            String split = line.path("split").asText("");
            line.path("losses").properties().forEach(loss -> points.computeIfAbsent(
                            (split + " " + loss.getKey()).strip(), name -> new java.util.ArrayList<>())
                    .add(new double[] {
                        line.path("step").asDouble(), loss.getValue().asDouble()
                    }));
        }
        List<Curves.Series> series = points.entrySet().stream()
                .map(entry ->
                        new Curves.Series(entry.getKey(), column(entry.getValue(), 0), column(entry.getValue(), 1)))
                .toList();
        if (!series.isEmpty()) {
            PictureFile.write(run.curvesFile(), Curves.ofLosses(series).draw());
        }
    }

    private static double[] column(List<double[]> points, int index) {
        return points.stream().mapToDouble(point -> point[index]).toArray();
    }
}
