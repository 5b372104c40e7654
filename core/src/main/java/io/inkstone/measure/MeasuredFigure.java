package io.inkstone.measure;

import io.inkstone.evaluate.Interval;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A figure as it was measured; everything to six digits, as files keep it.
 *
 * @param value NaN where it came out as none
 * @param interval of 95 %; empty where there is nothing to tell it from
 * @param byClass the same figure of each class that has one, in the order of the classes; empty where it has no classes
 */
public record MeasuredFigure(double value, Optional<Interval> interval, Map<String, MeasuredFigure> byClass) {
    public MeasuredFigure {
        value = rounded(value);
        interval = interval.filter(ends -> Double.isFinite(ends.low()) && Double.isFinite(ends.high()))
                .map(ends -> new Interval(rounded(ends.low()), rounded(ends.high())));
        byClass = Collections.unmodifiableMap(new LinkedHashMap<>(byClass));
    }

    /** A value alone. */
    static MeasuredFigure of(double value) {
        return new MeasuredFigure(value, Optional.empty(), Map.of());
    }

    /** @param interval left out where its ends are no numbers */
    static MeasuredFigure of(double value, Interval interval) {
        return new MeasuredFigure(value, Optional.of(interval), Map.of());
    }

    /** The mean of values of pictures. */
    static MeasuredFigure ofMean(double[] values) {
        return of(Arrays.stream(values).average().orElse(Double.NaN), Interval.ofMean(values));
    }

    /** With the value of each class; classes whose value is no number are left out. */
    MeasuredFigure withClasses(List<String> names, List<Double> values, List<Interval> intervals) {
        Map<String, MeasuredFigure> all = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (Double.isFinite(values.get(i))) {
                all.put(names.get(i), of(values.get(i), intervals.get(i)));
            }
        }
        return new MeasuredFigure(value, interval, all);
    }

    private static double rounded(double value) {
        return Double.isFinite(value) ? Double.parseDouble(String.format(Locale.ROOT, "%.6g", value)) : value;
    }
}
