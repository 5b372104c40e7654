package io.inkstone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.run.EvaluationLog;
import io.inkstone.run.SavedRun;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code evaluate} found of runs earlier, side by side: of each figure the newest, in one table a kind. */
final class MeasuredTable {
    /** Of runs by name, the newest line with each figure. */
    private final Map<String, Map<String, JsonNode>> byRun = new LinkedHashMap<>();

    /** @param names of the runs, which tell them apart */
    MeasuredTable(List<String> names, List<SavedRun> runs) {
        for (int i = 0; i < runs.size(); i++) {
            Map<String, JsonNode> newest = EvaluationLog.newest(runs.get(i).directory());
            if (!newest.isEmpty()) {
                byRun.put(names.get(i), newest);
            }
        }
    }

    /** For JSON: by run the lines that hold its newest figures. */
    Map<String, Collection<JsonNode>> fields() {
        Map<String, Collection<JsonNode>> all = new LinkedHashMap<>();
        byRun.forEach((run, newest) -> all.put(run, new LinkedHashSet<>(newest.values())));
        return all;
    }

    /** Empty where nothing was measured. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (MeasuredFigure.Group group : MeasuredFigure.Group.values()) {
            List<MeasuredFigure> columns = group.figures().stream()
                    .filter(figure -> byRun.values().stream().anyMatch(newest -> newest.containsKey(figure.key())))
                    .toList();
            if (!columns.isEmpty()) {
                text.append(text.isEmpty() ? "%nevaluated earlier; ± is half of a 95 %% interval%n".formatted() : "");
                text.append(System.lineSeparator()).append(table(columns)).append(warning(group, columns));
            }
        }
        return text.isEmpty() ? "" : text + System.lineSeparator() + protocols();
    }

    private String table(List<MeasuredFigure> columns) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(new ArrayList<>(List.of("run")));
        columns.forEach(figure -> rows.get(0).add(figure.column()));
        byRun.forEach((run, newest) -> {
            if (columns.stream().anyMatch(figure -> newest.containsKey(figure.key()))) {
                List<String> cells = new ArrayList<>(List.of(run));
                columns.forEach(figure -> cells.add(cell(newest.get(figure.key()), figure)));
                rows.add(cells);
            }
        });
        StringBuilder text = new StringBuilder();
        for (List<String> row : rows) {
            text.append(("%-" + Math.max(26, width(rows, 0)) + "s").formatted(row.get(0)));
            for (int column = 1; column < row.size(); column++) {
                text.append(("  %" + Math.max(10, width(rows, column)) + "s").formatted(row.get(column)));
            }
            text.append(System.lineSeparator());
        }
        return text.toString();
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0);
    }

    private static String cell(JsonNode line, MeasuredFigure figure) {
        JsonNode figures = line == null ? null : line.path("figures");
        if (figures == null || !figures.path(figure.key()).isNumber()) {
            return "-";
        }
        String value = number("%.4g", figures.path(figure.key()).asDouble());
        double half = (figures.path(figure.high()).asDouble(Double.NaN)
                        - figures.path(figure.low()).asDouble(Double.NaN))
                / 2;
        return Double.isNaN(half) ? value : value + " ±" + number("%.2g", half);
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private String warning(MeasuredFigure.Group group, List<MeasuredFigure> columns) {
        String different = group.alike().stream()
                .filter(entry -> columns.stream().anyMatch(figure -> differ(figure, entry)))
                .collect(Collectors.joining(", "));
        return different.isEmpty()
                ? ""
                : "These were measured differently (%s): do not compare them.%n".formatted(different);
    }

    private boolean differ(MeasuredFigure figure, String entry) {
        return byRun.values().stream()
                        .map(newest -> newest.get(figure.key()))
                        .filter(Objects::nonNull)
                        .map(line -> line.path("protocol").path(entry).asText())
                        .distinct()
                        .count()
                > 1;
    }

    /** A line each time that something of the tables was measured. */
    private String protocols() {
        StringBuilder text = new StringBuilder();
        byRun.forEach((run, newest) -> {
            Set<JsonNode> lines = new LinkedHashSet<>();
            MeasuredFigure.ALL.forEach(figure -> lines.add(newest.get(figure.key())));
            lines.stream().filter(Objects::nonNull).forEach(line -> {
                JsonNode protocol = line.path("protocol");
                String drawn = protocol.has("sampling")
                        ? "%s pictures, %s"
                                .formatted(
                                        protocol.path("count").asText(),
                                        protocol.path("sampling").asText())
                        : "no pictures drawn";
                String judge =
                        protocol.has("judge") ? ", " + protocol.path("judge").asText() : "";
                text.append(
                        "%s, %s: %s%s%n".formatted(run, protocol.path("time").asText(), drawn, judge));
            });
        });
        return text.toString();
    }
}
