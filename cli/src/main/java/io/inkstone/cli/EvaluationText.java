package io.inkstone.cli;

import io.inkstone.run.EvaluationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** An evaluation as lines on a terminal: the protocol first, since figures mean nothing without it. */
final class EvaluationText {
    private EvaluationText() {}

    static String of(EvaluationReport report) {
        List<String> lines = new ArrayList<>();
        report.protocol().forEach((name, value) -> lines.add("%-20s %s".formatted(words(name), value)));
        lines.add("");
        Map<String, Object> figures = report.figures();
        for (MeasuredFigure figure : MeasuredFigure.ALL) {
            if (figures.containsKey(figure.key())) {
                String interval = figures.containsKey(figure.low())
                        ? " (95 %%: %s to %s)"
                                .formatted(number(figures.get(figure.low())), number(figures.get(figure.high())))
                        : "";
                lines.add("%-26s %-34s %s"
                        .formatted(figure.words(), number(figures.get(figure.key())) + interval, figure.unit())
                        .stripTrailing());
            }
        }
        if (figures.get("accuracyPerClass") instanceof Map<?, ?> classes) {
            lines.add("by class: "
                    + classes.entrySet().stream()
                            .map(entry -> entry.getKey() + " " + number(entry.getValue()))
                            .collect(Collectors.joining(", ")));
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String number(Object value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.4g", ((Number) value).doubleValue());
    }

    /** {@code judgeSha256} as {@code judge sha256}. */
    private static String words(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }
}
