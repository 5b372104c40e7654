package io.inkstone.train;

import java.util.Collections;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Losses as means over pictures.
 *
 * @param total summed over the phases
 * @param byName each phase's loss and its parts
 */
public record MeanLosses(double total, Map<String, Double> byName) {
    public MeanLosses {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    /** For people: {@code 0.0108 (kl 4223, mse 0.0104)}. What equals the total is not said twice. */
    public String words() {
        String parts = byName.entrySet().stream()
                .filter(part -> part.getValue() != total)
                .map(part -> part.getKey() + " " + word(part.getValue()))
                .collect(Collectors.joining(", "));
        return word(total) + (parts.isEmpty() ? "" : " (" + parts + ")");
    }

    private static String word(double value) {
        return String.format(Locale.ROOT, Math.abs(value) < 1000 ? "%.4g" : "%.0f", value);
    }
}
