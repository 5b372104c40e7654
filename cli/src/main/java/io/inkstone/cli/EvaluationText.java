package io.inkstone.cli;

import io.inkstone.Words;
import io.inkstone.evaluate.Interval;
import io.inkstone.measure.EvaluationReport;
import io.inkstone.measure.Figure;
import io.inkstone.measure.MeasuredFigure;
import io.inkstone.measure.Protocol;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An evaluation as lines on a terminal: the protocol first, since figures mean nothing without it. */
final class EvaluationText {
    private EvaluationText() {}

    static String of(EvaluationReport report) {
        List<String> lines = new ArrayList<>();
        report.protocol().forEach((entry, value) -> lines.add(Words.of("%-20s %s", words(entry), value)));
        lines.add("");
        Map<Figure, MeasuredFigure> figures = report.figures();
        for (Figure figure : Figure.values()) {
            Optional.ofNullable(figures.get(figure)).ifPresent(measured -> FigureWords.of(figure)
                    .ifPresent(words -> lines.add(line(words.line(), value(measured), words.unit()))));
        }
        Map<String, MeasuredFigure> asked = byClass(figures, Figure.ACCURACY);
        Map<String, MeasuredFigure> real = byClass(figures, Figure.ACCURACY_OF_REAL);
        if (!asked.isEmpty()) {
            lines.add("by class");
        }
        asked.forEach((label, measured) -> lines.add(line(
                "  " + label,
                value(measured),
                real.containsKey(label)
                        ? "of real pictures " + number(real.get(label).value())
                        : "")));
        lines.addAll(attributes(figures));
        return String.join(System.lineSeparator(), lines);
    }

    /** A line an attribute: how often it is there where it was asked for and where not, and how well the judge sees. */
    private static List<String> attributes(Map<Figure, MeasuredFigure> figures) {
        Map<String, MeasuredFigure> asked = byClass(figures, Figure.ATTRIBUTES_ASKED);
        Map<String, MeasuredFigure> unasked = byClass(figures, Figure.ATTRIBUTES_UNASKED);
        Map<String, MeasuredFigure> judge = byClass(figures, Figure.ATTRIBUTE_ACCURACY_OF_REAL);
        List<String> lines = new ArrayList<>();
        if (!asked.isEmpty()) {
            lines.add(Words.of("%-26s %10s %10s %10s", "by attribute", "asked for", "not", "judge"));
        }
        asked.forEach((name, share) -> lines.add(Words.of(
                "  %-24s %10s %10s %10s", name, number(share.value()), share(unasked, name), share(judge, name))));
        return lines;
    }

    private static String share(Map<String, MeasuredFigure> byClass, String name) {
        return byClass.containsKey(name) ? number(byClass.get(name).value()) : "-";
    }

    private static Map<String, MeasuredFigure> byClass(Map<Figure, MeasuredFigure> figures, Figure figure) {
        return figures.containsKey(figure) ? figures.get(figure).byClass() : Map.of();
    }

    private static String line(String name, String value, String beside) {
        return Words.of("%-26s %-36s %s", name, value, beside).stripTrailing();
    }

    /** A figure with its interval, where it has one. */
    private static String value(MeasuredFigure measured) {
        return number(measured.value())
                + measured.interval().map(EvaluationText::ends).orElse("");
    }

    private static String ends(Interval interval) {
        return Words.of(" (95 %%: %s to %s)", number(interval.low()), number(interval.high()));
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4g", value);
    }

    /** {@code judgeSha256} as {@code judge sha256}. */
    private static String words(Protocol entry) {
        return entry.key().replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
    }
}
