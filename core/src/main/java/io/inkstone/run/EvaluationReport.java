package io.inkstone.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.InputException;
import io.inkstone.evaluate.Interval;
import io.inkstone.image.Pixels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** An evaluation as it grows: how it was made, its figures by name, and what should be said beside them. */
public final class EvaluationReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, Object> protocol = new LinkedHashMap<>();
    private final Map<String, Object> figures = new LinkedHashMap<>();
    private final List<String> notes = new ArrayList<>();
    private Pixels sheet;

    void protocol(String name, Object value) {
        protocol.put(name, value);
    }

    void figure(String name, double value) {
        figures.put(name, rounded(value));
    }

    /** A figure and its 95 % interval, where it has one. */
    void figure(String name, double value, Interval interval) {
        figure(name, value);
        if (Double.isFinite(interval.low()) && Double.isFinite(interval.high())) {
            figure(name + "Low", interval.low());
            figure(name + "High", interval.high());
        }
    }

    /** The mean of values of pictures, with its 95 % interval. */
    void mean(String name, double[] values) {
        figure(name, Arrays.stream(values).average().orElse(Double.NaN), Interval.ofMean(values));
    }

    /** Figures by class; those that are no numbers are left out. */
    void figures(String name, List<String> classes, List<Double> values) {
        Map<String, Double> all = new LinkedHashMap<>();
        for (int i = 0; i < classes.size(); i++) {
            if (Double.isFinite(values.get(i))) {
                all.put(classes.get(i), rounded(values.get(i)));
            }
        }
        figures.put(name, all);
    }

    void note(String sentence) {
        notes.add(sentence);
    }

    /** What cannot be measured: a note, or the end if it was asked for by name. */
    void cannot(EvaluationWish wish, EvaluationWish.Metric metric, String why) {
        if (wish.named(metric)) {
            throw new InputException("'%s' cannot be measured: %s".formatted(metric.word(), why));
        }
        notes.add("%s is left out: %s".formatted(metric.word(), why));
    }

    void sheet(Pixels drawn) {
        sheet = drawn;
    }

    private static double rounded(double value) {
        return Double.isFinite(value) ? Double.parseDouble(String.format(Locale.ROOT, "%.6g", value)) : value;
    }

    /** How it was measured: whatever differs here makes figures that do not compare. */
    public Map<String, Object> protocol() {
        return protocol;
    }

    /** By name; numbers, or maps from classes to numbers. */
    public Map<String, Object> figures() {
        return figures;
    }

    /** A sentence each. */
    public List<String> notes() {
        return notes;
    }

    /** Generated pictures and the training pictures nearest to them. */
    public Optional<Pixels> sheet() {
        return Optional.ofNullable(sheet);
    }

    /** {@link #fields} as one line of JSON. */
    public String json() {
        try {
            return JSON.writeValueAsString(fields());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** Everything but the sheet. */
    public Map<String, Object> fields() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("protocol", protocol);
        all.put("figures", figures);
        all.put("notes", notes);
        return all;
    }
}
