package io.inkstone.cli;

import io.inkstone.run.EvaluationReport;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;

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
                lines.add(line(figure.words(), value(figures, figure.key(), map -> map), figure.unit()));
            }
        }
        if (figures.get("accuracyPerClass") instanceof Map<?, ?> classes) {
            lines.add("by class");
            classes.keySet().forEach(label -> {
                Object real = ofClass(figures.get("accuracyOfRealPerClass"), label);
                lines.add(line(
                        "  " + label,
                        value(figures, "accuracyPerClass", map -> ofClass(map, label)),
                        real == null ? "" : "of real pictures " + number(real)));
            });
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String line(String name, String value, String beside) {
        return "%-26s %-36s %s".formatted(name, value, beside).stripTrailing();
    }

    /** A figure with its interval, where it has one. */
    private static String value(Map<String, Object> figures, String name, UnaryOperator<Object> part) {
        String value = number(part.apply(figures.get(name)));
        return figures.containsKey(name + "Low")
                ? "%s (95 %%: %s to %s)"
                        .formatted(
                                value,
                                number(part.apply(figures.get(name + "Low"))),
                                number(part.apply(figures.get(name + "High"))))
                : value;
    }

    private static Object ofClass(Object byClass, Object label) {
        return byClass instanceof Map<?, ?> map ? map.get(label) : null;
    }

    private static String number(Object value) {
        return value == null ? "-" : String.format(Locale.ROOT, "%.4g", ((Number) value).doubleValue());
    }

    /** {@code judgeSha256} as {@code judge sha256}. */
    private static String words(String name) {
        return name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }
}
