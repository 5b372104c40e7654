package io.inkstone.bench;

import static io.inkstone.bench.Programs.ADAPTIVE;
import static io.inkstone.bench.Programs.BEST;
import static io.inkstone.bench.Programs.CEILING;
import static io.inkstone.bench.Programs.COMPILED;
import static io.inkstone.bench.Programs.DJL;
import static io.inkstone.bench.Programs.FLOAT32;
import static io.inkstone.bench.Programs.INKSTONE;
import static io.inkstone.bench.Programs.LIBRARY;
import static io.inkstone.bench.Programs.PUBLISHED;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The report's tables of times, ratios, limits and memory. */
record ReportTimes(List<Line> lines) {
    String text() {
        return beside("In the precision that Inkstone chooses here", List.of(PUBLISHED, BEST, CEILING), "")
                + beside("Float32 forced", List.of(PUBLISHED, BEST), FLOAT32)
                + besideOthers()
                + limits()
                + memory();
    }

    /** Inkstone beside some sides; {@code kind} is the ending of their names. */
    private String beside(String title, List<String> sides, String kind) {
        List<String> header = new ArrayList<>(List.of("", "Inkstone"));
        sides.forEach(side -> header.addAll(List.of(side, side.equals(CEILING) ? "Inkstone ÷ it" : "÷ Inkstone")));
        Table table = new Table(header);
        for (Line line : lines) {
            if (kind.isEmpty() || line.row().computes()) {
                List<String> cells = new ArrayList<>(List.of(line.name(), time(line, INKSTONE + kind)));
                for (String side : sides) {
                    String name = side.equals(BEST) && kind.isEmpty() ? line.best() : name(side, kind);
                    cells.add(time(line, name) + (name.equals(COMPILED) ? " (compiled)" : ""));
                    cells.add(ratio(line, INKSTONE + kind, name, target(line, side + kind)));
                }
                table.row(cells);
            }
        }
        return "%n### %s%n%s".formatted(title, table);
    }

    /** The published program is a float32 one in any case. */
    private static String name(String side, String kind) {
        return side.equals(PUBLISHED) || side.equals(CEILING) ? side : side + kind;
    }

    private static Optional<Targets.Ratio> target(Line line, String side) {
        return Optional.ofNullable(line.row().targets().ratios().get(side));
    }

    private static String time(Line line, String side) {
        return line.cell(side).map(Cell::text).orElse("–");
    }

    private static String ratio(Line line, String ours, String side, Optional<Targets.Ratio> target) {
        Optional<Double> mine = line.median(ours);
        Optional<Double> other = line.median(side);
        if (mine.isEmpty() || other.isEmpty()) {
            return "";
        }
        double ratio = side.equals(CEILING) ? mine.get() / other.get() : other.get() / mine.get();
        return target.map(wanted -> wanted.verdict(ratio)).orElse("%.2f".formatted(ratio));
    }

    /** Of rows on a busy machine: what is left of each side's quiet speed. */
    private String besideOthers() {
        Map<String, String> sides = new LinkedHashMap<>();
        sides.put(INKSTONE, "Inkstone");
        sides.put(INKSTONE + ADAPTIVE, "with adapted threads");
        sides.put(BEST, BEST);
        List<String> header = new ArrayList<>(List.of(""));
        sides.values().forEach(side -> header.addAll(List.of(side, "keeps")));
        Table table = new Table(header);
        for (Line line : lines) {
            if (line.row().traits().busy()) {
                List<String> cells = new ArrayList<>(List.of(line.name()));
                for (String side : sides.keySet()) {
                    cells.addAll(List.of(time(line, side), kept(line, side)));
                }
                table.row(cells);
            }
        }
        return table.isEmpty() ? "" : "\n### Beside other programs\n" + table;
    }

    /** By medians. */
    private String kept(Line line, String side) {
        Optional<Double> quiet = lines.stream()
                .filter(other -> other.row().name().equals(line.row().name())
                        && other.task().equals(Neighbour.QUIET.word()))
                .findFirst()
                .flatMap(other -> other.median(side));
        return quiet.flatMap(alone -> line.median(side).map(beside -> "%.0f %%".formatted(100 * alone / beside)))
                .orElse("–");
    }

    /** What Inkstone is to keep by itself. */
    private String limits() {
        Table table = new Table(List.of("", "Inkstone"));
        for (Line line : lines) {
            line.row().targets().limits().stream()
                    .filter(limit -> limit.task().equals(line.task()))
                    .forEach(limit -> line.cell(INKSTONE)
                            .flatMap(limit::verdict)
                            .ifPresent(verdict -> table.row(List.of(line.name(), verdict))));
        }
        return table.isEmpty() ? "" : "\n### By itself\n" + table;
    }

    private String memory() {
        Table table = new Table(List.of(
                "",
                "Inkstone",
                "float32",
                "published",
                "best",
                "as a library",
                "÷ Inkstone",
                "DJL (float32)",
                "÷ Inkstone float32"));
        for (Line line : lines) {
            table.row(List.of(
                    line.name(),
                    peak(line, INKSTONE),
                    peak(line, INKSTONE + FLOAT32),
                    peak(line, PUBLISHED),
                    peak(line, line.best()),
                    time(line, LIBRARY),
                    ratio(line, INKSTONE, LIBRARY, target(line, LIBRARY)),
                    time(line, DJL),
                    ratio(line, INKSTONE + FLOAT32, DJL, Optional.empty())));
        }
        return "\n"
            + "### Memory, and Inkstone elsewhere\n\n"
            + "Peak resident megabytes of each process, and Inkstone without the launcher's allocator settings (as a"
            + " library in somebody's JVM).\n"
                + table;
    }

    private static String peak(Line line, String side) {
        return line.cell(side)
                .filter(cell -> cell.peakMegabytes() > 0)
                .map(cell -> "%,d MB".formatted(cell.peakMegabytes()))
                .orElse("–");
    }
}
