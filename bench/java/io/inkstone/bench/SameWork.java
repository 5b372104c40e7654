package io.inkstone.bench;

import static io.inkstone.bench.Programs.CEILING;
import static io.inkstone.bench.Programs.FLOAT32;
import static io.inkstone.bench.Programs.INKSTONE;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** The report's proof that nobody is fast by doing less. */
record SameWork(List<Line> lines) {
    /** Share by which the first losses in float32 may differ: sums in another order give some millionths. */
    private static final double SAME_LOSS = 1e-5;
    /** The same of the deviation of drawings and codes, behind twenty passes or a hundred layers. */
    private static final double SAME_VALUES = 1e-4;

    String text() {
        Table table = new Table(List.of(
                "",
                "side",
                "first loss, or values",
                "beside Inkstone in float32",
                "still learning alike",
                "beside it"));
        lines.forEach(line -> addTo(table, line));
        return ("\n"
            + "### The same work\n\n"
            + "All sides start from the same weights and are given the same pictures and noise. So the first losses"
            + " must be the same, in float32 to %s %% (what is not is marked); bfloat16 rounds to one part in 256. Of"
            + " drawings and codes the deviation of the values is compared (to %s %%; DDPM draws noise of its own on"
            + " each side). Training then enlarges every rounding, so the loss after the last step that all did shows"
            + " only that all are still learning alike.\n")
                        .formatted(percent(SAME_LOSS), percent(SAME_VALUES))
                + table;
    }

    private static String percent(double share) {
        return BigDecimal.valueOf(100 * share).stripTrailingZeros().toPlainString();
    }

    private static void addTo(Table table, Line line) {
        int common = line.cells().entrySet().stream()
                .filter(side -> !side.getKey().equals(CEILING))
                .map(side -> side.getValue().results().size())
                .filter(size -> size > 0)
                .min(Integer::compare)
                .orElse(0);
        Optional<List<Double>> ours = line.cell(INKSTONE + FLOAT32)
                .or(() -> line.cell(INKSTONE))
                .map(Cell::results)
                .filter(results -> !results.isEmpty());
        line.cells().forEach((side, cell) -> {
            List<Double> results = cell.results();
            if (!results.isEmpty() && !side.equals(CEILING)) {
                boolean training = line.row().kind().equals("train");
                int first = training ? 0 : results.size() - 1; // the deviation stands behind the mean
                int last = common - 1;
                table.row(List.of(
                        line.name(),
                        side,
                        "%.6g".formatted(results.get(first)),
                        ours.map(own -> compared(results.get(first), own.get(first), bound(line, cell)))
                                .orElse(""),
                        training ? "%.6g after step %d".formatted(results.get(last), common) : "",
                        training
                                ? ours.map(own -> difference(results.get(last), own.get(last)))
                                        .orElse("")
                                : ""));
            }
        });
    }

    /** How far a side may be off; nothing where it may be off by what it likes. */
    private static Optional<Double> bound(Line line, Cell cell) {
        boolean ownNoise = line.task().equals("ddpm");
        return ownNoise || cell.note().contains("bfloat16")
                ? Optional.empty()
                : Optional.of(line.row().kind().equals("train") ? SAME_LOSS : SAME_VALUES);
    }

    private static String compared(double result, double own, Optional<Double> bound) {
        boolean differs = bound.isPresent() && !(Math.abs(result - own) <= bound.get() * Math.abs(own));
        return difference(result, own) + (differs ? " **differs**" : "");
    }

    private static String difference(double result, double own) {
        return "%+.2g %%".formatted(100 * (result - own) / Math.abs(own));
    }
}
