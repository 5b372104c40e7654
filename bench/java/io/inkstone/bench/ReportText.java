package io.inkstone.bench;

import static io.inkstone.bench.Programs.CEILING;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A report for people.
 *
 * @param processors a chapter each
 */
record ReportText(List<OneProcessor> processors) {
    /** report.md. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("# Inkstone beside others\n\n");
        text.append("Made by `bench/run`. How to read it:"
                + " [performance](../docs/performance.md#how-to-read-the-report).\n\n"
                + "A time is a median. In brackets: how many steps it rests on, and half the distance between their"
                + " quartiles (of fewer than four: between the shortest and the longest).\n");
        if (processors.size() > 1) {
            text.append(new SideBySide(processors).text());
        }
        processors.forEach(processor -> chapter(processor, text));
        return text.toString();
    }

    private static void chapter(OneProcessor processor, StringBuilder text) {
        text.append("%n## %s%n%n".formatted(processor.hardware().describe()));
        together(processor.lines())
                .forEach((where, rows) ->
                        text.append("- **%s**: %s%n".formatted(String.join(", ", rows), where.describe())));
        missing(processor, text);
        text.append(new ReportTimes(processor.lines()).text());
        text.append(new SameWork(processor.lines()).text());
        notes(processor, text);
    }

    /** Names of rows by where they were measured. */
    private static Map<Circumstances, Set<String>> together(List<Line> lines) {
        Map<Circumstances, Set<String>> groups = new LinkedHashMap<>();
        lines.forEach(line -> groups.computeIfAbsent(line.circumstances(), where -> new LinkedHashSet<>())
                .add(line.row().name()));
        return groups;
    }

    private static void missing(OneProcessor processor, StringBuilder text) {
        Set<String> left = new LinkedHashSet<>(Row.all().stream().map(Row::name).toList());
        processor.lines().forEach(line -> left.remove(line.row().name()));
        if (!left.isEmpty()) {
            text.append("- Rows that were not measured: %s.%n".formatted(String.join(", ", left)));
        }
        List<String> once = new ArrayList<>();
        for (Line line : processor.lines()) {
            List<String> sides = line.cells().entrySet().stream()
                    .filter(side -> side.getValue().count() == 1)
                    .map(Map.Entry::getKey)
                    .toList();
            if (!sides.isEmpty()) {
                once.add("%s (%s)".formatted(line.name(), String.join(", ", sides)));
            }
        }
        if (!once.isEmpty()) {
            text.append("- Measured only once, because a step takes so long: %s.%n".formatted(String.join("; ", once)));
        }
        processor
                .troubles()
                .forEach((row, why) -> text.append("- %s failed: %s%n".formatted(row, Table.safe(why))));
    }

    private static void notes(OneProcessor processor, StringBuilder text) {
        Table table = new Table(List.of("", "side", ""));
        for (Line line : processor.lines()) {
            line.cells().forEach((side, cell) -> table.row(List.of(line.name(), side, note(side, cell))));
        }
        text.append("\n### How each side ran\n").append(table);
        text.append("\nSeconds that the rows took: %s.%n"
                .formatted(String.join(
                        ", ",
                        processor.seconds().entrySet().stream()
                                .map(entry -> "%s %.0f".formatted(entry.getKey(), entry.getValue()))
                                .toList())));
    }

    private static String note(String side, Cell cell) {
        if (!cell.failure().isEmpty()) {
            return "failed: " + cell.failure();
        }
        List<Double> parts = cell.results();
        return side.equals(CEILING) && parts.size() == 4
                ? "one pass, %,.1f GFLOP: forward %s, input gradients %s, weight gradients %s"
                        .formatted(
                                parts.get(3),
                                Cell.duration(parts.get(0)),
                                Cell.duration(parts.get(1)),
                                Cell.duration(parts.get(2)))
                : cell.note();
    }
}
