package io.inkstone.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.Words;
import io.inkstone.measure.EvaluationLog;
import io.inkstone.measure.Figure;
import io.inkstone.measure.MeasuredFigure;
import io.inkstone.measure.Protocol;
import io.inkstone.measure.SavedEvaluation;
import io.inkstone.run.SavedRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** What {@code evaluate} found of runs earlier, side by side: of each figure the newest, in one table a kind. */
final class MeasuredTable {
    /** Of runs by name, the newest evaluation with each figure. */
    private final Map<String, Map<Figure, SavedEvaluation>> byRun = new LinkedHashMap<>();

    /** @param names of the runs, which tell them apart */
    MeasuredTable(List<String> names, List<SavedRun> runs) {
        for (int i = 0; i < runs.size(); i++) {
            Map<Figure, SavedEvaluation> newest =
                    EvaluationLog.newest(runs.get(i).directory());
            if (!newest.isEmpty()) {
                byRun.put(names.get(i), newest);
            }
        }
    }

    /** For JSON: by run the lines that hold its newest figures. */
    Map<String, Collection<JsonNode>> fields() {
        Map<String, Collection<JsonNode>> all = new LinkedHashMap<>();
        byRun.forEach((run, newest) -> all.put(
                run,
                newest.values().stream().map(SavedEvaluation::line).distinct().toList()));
        return all;
    }

    /** Empty where nothing was measured. */
    String text() {
        StringBuilder text = new StringBuilder();
        for (Figure.Group group : Figure.Group.values()) {
            List<Figure> columns = Arrays.stream(Figure.values())
                    .filter(figure -> figure.group() == group
                            && FigureWords.of(figure).isPresent()
                            && !measurements(figure).isEmpty())
                    .toList();
            if (!columns.isEmpty()) {
                text.append(text.isEmpty() ? Words.of("%nevaluated earlier; ± is half of a 95 %% interval%n") : "");
                text.append(System.lineSeparator()).append(table(columns)).append(warning(group, columns));
            }
        }
        return text.isEmpty() ? "" : text + System.lineSeparator() + protocols();
    }

    /** The newest of each run that has it. */
    private List<SavedEvaluation> measurements(Figure figure) {
        return byRun.values().stream()
                .map(newest -> newest.get(figure))
                .filter(Objects::nonNull)
                .toList();
    }

    private String table(List<Figure> columns) {
        Table table = Table.ofFigures(columns.size());
        List<String> head = new ArrayList<>(List.of("run"));
        columns.forEach(figure -> head.add(FigureWords.of(figure).orElseThrow().column()));
        table.row(head.toArray());
        byRun.forEach((run, newest) -> {
            if (columns.stream().anyMatch(newest::containsKey)) {
                List<String> cells = new ArrayList<>(List.of(run));
                columns.forEach(figure -> cells.add(cell(Optional.ofNullable(newest.get(figure))
                        .map(evaluation -> evaluation.figures().get(figure)))));
                table.row(cells.toArray());
            }
        });
        return table.toString();
    }

    private static String cell(Optional<MeasuredFigure> figure) {
        return figure.filter(measured -> !Double.isNaN(measured.value()))
                .map(measured -> number("%.4g", measured.value())
                        + measured.interval()
                                .map(ends -> " ±" + number("%.2g", (ends.high() - ends.low()) / 2))
                                .orElse(""))
                .orElse("-");
    }

    private static String number(String format, double value) {
        return String.format(Locale.ROOT, format, value);
    }

    private String warning(Figure.Group group, List<Figure> columns) {
        String different = columns.stream()
                .flatMap(figure -> group.differences(measurements(figure)).stream())
                .distinct()
                .map(Protocol::key)
                .collect(Collectors.joining(", "));
        return different.isEmpty()
                ? ""
                : Words.of("These were measured differently (%s): do not compare them.%n", different);
    }

    /** A line each time that something of the tables was measured. */
    private String protocols() {
        StringBuilder text = new StringBuilder();
        byRun.forEach((run, newest) -> {
            newest.values().stream().distinct().forEach(evaluation -> {
                String drawn = evaluation
                        .protocol(Protocol.SAMPLING)
                        .map(sampling -> Words.of("%s pictures, %s", entry(evaluation, Protocol.COUNT), sampling))
                        .orElse("no pictures drawn");
                String judge = evaluation
                        .protocol(Protocol.JUDGE)
                        .map(name -> ", " + name)
                        .orElse("");
                text.append(Words.of("%s, %s: %s%s%n", run, entry(evaluation, Protocol.TIME), drawn, judge));
            });
        });
        return text.toString();
    }

    private static String entry(SavedEvaluation evaluation, Protocol entry) {
        return evaluation.protocol(entry).orElse("");
    }
}
