package io.inkstone.measure;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.evaluate.Interval;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Figures as fields of JSON: {@code fid} with the ends of its interval as {@code fidLow} and {@code fidHigh},
 * {@code accuracyPerClass} with a number a class, and its ends likewise. Nothing else knows these names.
 */
final class FigureFields {
    private static final String LOW = "Low";
    private static final String HIGH = "High";
    private static final String PER_CLASS = "PerClass";

    private FigureFields() {}

    /** In the order of {@code figures}. */
    static Map<String, Object> write(Map<Figure, MeasuredFigure> figures) {
        Map<String, Object> fields = new LinkedHashMap<>();
        figures.forEach((figure, measured) -> {
            String key = figure.key();
            fields.put(key, measured.value());
            measured.interval().ifPresent(ends -> {
                fields.put(key + LOW, ends.low());
                fields.put(key + HIGH, ends.high());
            });
            if (!measured.byClass().isEmpty()) {
                writeClasses(key + PER_CLASS, measured.byClass(), fields);
            }
        });
        return fields;
    }

    private static void writeClasses(String key, Map<String, MeasuredFigure> byClass, Map<String, Object> fields) {
        Map<String, Double> values = new LinkedHashMap<>();
        Map<String, Double> low = new LinkedHashMap<>();
        Map<String, Double> high = new LinkedHashMap<>();
        byClass.forEach((name, measured) -> {
            values.put(name, measured.value());
            measured.interval().ifPresent(ends -> {
                low.put(name, ends.low());
                high.put(name, ends.high());
            });
        });
        fields.put(key, values);
        if (!low.isEmpty()) {
            fields.put(key + LOW, low);
            fields.put(key + HIGH, high);
        }
    }

    /** What of {@code fields} this version knows; what is no number there is NaN. */
    static Map<Figure, MeasuredFigure> read(JsonNode fields) {
        Map<Figure, MeasuredFigure> figures = new EnumMap<>(Figure.class);
        for (Figure figure : Figure.values()) {
            if (fields.has(figure.key())) {
                figures.put(figure, measured(fields, figure.key()));
            }
        }
        return figures;
    }

    private static MeasuredFigure measured(JsonNode fields, String key) {
        JsonNode values = fields.path(key + PER_CLASS);
        JsonNode low = fields.path(key + PER_CLASS + LOW);
        JsonNode high = fields.path(key + PER_CLASS + HIGH);
        Map<String, MeasuredFigure> byClass = new LinkedHashMap<>();
        values.fieldNames()
                .forEachRemaining(name ->
                        byClass.put(name, measured(values.path(name), low.path(name), high.path(name), Map.of())));
        return measured(fields.path(key), fields.path(key + LOW), fields.path(key + HIGH), byClass);
    }

    private static MeasuredFigure measured(
            JsonNode value, JsonNode low, JsonNode high, Map<String, MeasuredFigure> byClass) {
        return new MeasuredFigure(number(value), Optional.of(new Interval(number(low), number(high))), byClass);
    }

    private static double number(JsonNode node) {
        return node.isNumber() ? node.asDouble() : Double.NaN;
    }
}
