package io.inkstone.bench;

import static io.inkstone.bench.Programs.BEST;
import static io.inkstone.bench.Programs.CEILING;
import static io.inkstone.bench.Programs.COMPILED;
import static io.inkstone.bench.Programs.DJL;
import static io.inkstone.bench.Programs.FLOAT32;
import static io.inkstone.bench.Programs.INKSTONE;
import static io.inkstone.bench.Programs.LIBRARY;
import static io.inkstone.bench.Programs.PUBLISHED;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.tensor.Hardware;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A report for people.
 *
 * @param lines in their order
 */
record ReportText(Head head, List<Line> lines) {
    /**
     * What stands above the tables.
     *
     * @param made when, and from which commit
     * @param threads how many, in words
     * @param rates the most that this machine multiplies
     * @param python whether the reference programs took part
     * @param djl whether DJL took part
     * @param seconds that each row took
     * @param troubles why rows failed
     */
    record Head(
            String made,
            String threads,
            Optional<JsonNode> rates,
            boolean python,
            boolean djl,
            Map<String, Double> seconds,
            Map<String, String> troubles) {}

    /** report.md. */
    String text() {
        StringBuilder text = new StringBuilder();
        text.append("# Inkstone beside others\n\n");
        text.append("Made by `bench/run` on %s. How to read it: [performance](../docs/performance.md#how-to-read-the-report).%n%n"
                .formatted(head.made()));
        text.append("- Machine: %s; threads: %s; Java %s.%n"
                .formatted(Hardware.here().describe(), head.threads(), System.getProperty("java.version")));
        head.rates().ifPresent(found -> text.append(
                "- The most it multiplies here, in GFLOP/s: matrix products float32 %s, bfloat16 %s; convolutions float32 %s, bfloat16 %s.%n"
                        .formatted(
                                rate(found, "product.float32"),
                                rate(found, "product.bfloat16"),
                                rate(found, "convolution.float32"),
                                rate(found, "convolution.bfloat16"))));
        if (Programs.given("BENCH_TINY").isPresent()) {
            text.append("- **A trial of the ruler with tiny networks: these figures mean nothing.**\n");
        }
        missing(text);
        table(
                text,
                "In the precision that Inkstone chooses here",
                List.of(PUBLISHED, BEST, CEILING),
                "");
        table(text, "Float32 forced", List.of(PUBLISHED, BEST), FLOAT32);
        others(text);
        results(text);
        notes(text);
        return text.toString();
    }

    private static String rate(JsonNode found, String key) {
        return "%,.0f".formatted(found.path(key).path(0).asDouble());
    }

    private void missing(StringBuilder text) {
        if (!head.python()) {
            text.append("- Without Python and PyTorch: the columns of the reference programs are missing.\n");
        }
        if (!head.djl()) {
            text.append("- Without DJL: its column is missing.\n");
        }
        lines.stream()
                .filter(line -> !line.made().equals(head.made()))
                .map(line -> "- %s: measured on %s.%n".formatted(line.row().name(), line.made()))
                .distinct()
                .forEach(text::append);
        head.troubles().forEach((row, why) -> text.append("- %s failed: %s%n".formatted(row, cellText(why))));
    }

    /** Inkstone beside some sides; {@code kind} is the ending of their names. */
    private void table(StringBuilder text, String title, List<String> beside, String kind) {
        text.append("%n## %s%n%n| | Inkstone |".formatted(title));
        beside.forEach(side -> text.append(" %s | %s |".formatted(side, side.equals(CEILING) ? "Inkstone ÷ it" : "÷ Inkstone")));
        text.append("\n|---|---|").append("---|---|".repeat(beside.size())).append('\n');
        for (Line line : lines) {
            if (!kind.isEmpty() && !line.row().computes()) {
                continue;
            }
            text.append("| %s | %s |".formatted(line.name(), time(line, INKSTONE + kind)));
            for (String side : beside) {
                String name = side.equals(BEST) && kind.isEmpty() ? line.best() : name(side, kind);
                text.append(" %s%s | %s |"
                        .formatted(
                                time(line, name),
                                name.equals(COMPILED) ? " (compiled)" : "",
                                ratio(line, INKSTONE + kind, name, Optional.ofNullable(line.row().targets().get(side + kind)))));
            }
            text.append('\n');
        }
    }

    /** The published program is a float32 one in any case. */
    private static String name(String side, String kind) {
        return side.equals(PUBLISHED) || side.equals(CEILING) ? side : side + kind;
    }

    private static String time(Line line, String side) {
        Optional<Cell> cell = line.cell(side);
        if (cell.isEmpty()) {
            return "–";
        }
        return cell.get().median().map(ReportText::duration).orElse("failed");
    }

    private static String duration(double milliseconds) {
        if (milliseconds < 10) {
            return "%.2f ms".formatted(milliseconds);
        }
        return milliseconds < 1000 ? "%.0f ms".formatted(milliseconds) : "%.2f s".formatted(milliseconds / 1000);
    }

    private static String ratio(Line line, String ours, String side, Optional<Row.Target> target) {
        Optional<Double> mine = line.median(ours);
        Optional<Double> other = line.median(side);
        if (mine.isEmpty() || other.isEmpty()) {
            return "";
        }
        boolean ceiling = side.equals(CEILING);
        double ratio = ceiling ? mine.get() / other.get() : other.get() / mine.get();
        String number = "%.2f".formatted(ratio);
        if (target.isEmpty()) {
            return number;
        }
        double reach = target.get().reach();
        boolean reached = ceiling ? ratio <= reach : ratio >= reach;
        String wanted = "%s %s".formatted(ceiling ? "≤" : "≥", plain(reach));
        if (target.get().aim() != reach) {
            wanted += ", aim " + plain(target.get().aim());
        }
        return "%s %s (%s)".formatted(reached ? "**" + number + "**" : number, reached ? "reached" : "missed", wanted);
    }

    private static String plain(double number) {
        return number == Math.rint(number) ? "%.0f".formatted(number) : "%.1f".formatted(number);
    }

    private void others(StringBuilder text) {
        text.append("\n## Memory, and Inkstone elsewhere\n\n");
        text.append("Peak resident megabytes of each process, and Inkstone without the launcher's allocator settings (as a library in somebody's JVM).\n\n");
        text.append("| | Inkstone | float32 | published | best | as a library | ÷ Inkstone | DJL (float32) | ÷ Inkstone float32 |\n");
        text.append("|---|---|---|---|---|---|---|---|---|\n");
        for (Line line : lines) {
            text.append("| %s | %s | %s | %s | %s | %s | %s | %s | %s |%n"
                    .formatted(
                            line.name(),
                            peak(line, INKSTONE),
                            peak(line, INKSTONE + FLOAT32),
                            peak(line, PUBLISHED),
                            peak(line, line.best()),
                            time(line, LIBRARY),
                            ratio(line, INKSTONE, LIBRARY, Optional.empty()),
                            time(line, DJL),
                            ratio(line, INKSTONE + FLOAT32, DJL, Optional.empty())));
        }
    }

    private static String peak(Line line, String side) {
        return line.cell(side)
                .filter(cell -> cell.peakMegabytes() > 0)
                .map(cell -> "%,d MB".formatted(cell.peakMegabytes()))
                .orElse("–");
    }

    private void results(StringBuilder text) {
        text.append("\n## The same work\n\n");
        text.append("All sides start from the same weights and are given the same pictures and noise. Losses after the last step that all did; of drawings and codes the deviation of the values (DDPM draws noise of its own on each side).\n\n");
        text.append("| | side | result | beside Inkstone in float32 |\n|---|---|---|---|\n");
        for (Line line : lines) {
            int common = line.cells().entrySet().stream()
                    .filter(entry -> !entry.getKey().equals(CEILING))
                    .map(entry -> entry.getValue().results().size())
                    .filter(size -> size > 0)
                    .min(Integer::compare)
                    .orElse(0);
            Optional<Double> ours = line.cell(INKSTONE + FLOAT32)
                    .or(() -> line.cell(INKSTONE))
                    .filter(cell -> common > 0 && cell.results().size() >= common)
                    .map(cell -> cell.results().get(common - 1));
            line.cells().forEach((side, cell) -> {
                if (cell.results().size() >= common && common > 0 && !side.equals(CEILING)) {
                    double result = cell.results().get(common - 1);
                    text.append("| %s | %s | %.6g%s | %s |%n"
                            .formatted(
                                    line.name(),
                                    side,
                                    result,
                                    line.row().kind().equals("train") ? " after step " + common : "",
                                    ours.map(own -> "%+.2g %%".formatted(100 * (result - own) / Math.abs(own)))
                                            .orElse("")));
                }
            });
        }
    }

    private void notes(StringBuilder text) {
        text.append("\n## How each side ran\n\n| | side | | measured |\n|---|---|---|---|\n");
        for (Line line : lines) {
            line.cells()
                    .forEach((side, cell) -> text.append("| %s | %s | %s | %d |%n"
                            .formatted(
                                    line.name(),
                                    side,
                                    cellText(side.equals(CEILING) ? ceiling(cell) : cell.failure().isEmpty() ? cell.note() : "failed: " + cell.failure()),
                                    cell.count())));
        }
        text.append("\nSeconds that the rows took: ");
        text.append(String.join(
                ", ",
                head.seconds().entrySet().stream()
                        .map(entry -> "%s %.0f".formatted(entry.getKey(), entry.getValue()))
                        .toList()));
        text.append(".\n");
    }

    /** What its time is made of, for one pass. */
    private static String ceiling(Cell cell) {
        List<Double> parts = cell.results();
        return parts.size() < 4
                ? cell.failure()
                : "%,.1f GFLOP: forward %s, input gradients %s, weight gradients %s"
                        .formatted(parts.get(3), duration(parts.get(0)), duration(parts.get(1)), duration(parts.get(2)));
    }

    private static String cellText(String words) {
        return words.replace('\n', ' ').replace("|", "\\|");
    }
}
