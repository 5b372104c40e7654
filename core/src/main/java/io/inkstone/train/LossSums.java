package io.inkstone.train;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * Losses summed over pictures, so that batches of any size weigh what they hold.
 *
 * @param pictures that were summed over
 * @param total over all phases
 * @param byName each phase's loss and its parts, as far as they were summed from the first picture on
 */
public record LossSums(long pictures, double total, Map<String, Double> byName) {
    public static final LossSums NONE = of(0);

    public LossSums {
        byName = Collections.unmodifiableSortedMap(new TreeMap<>(byName));
    }

    /** Of so many pictures, before any phase was passed. */
    static LossSums of(long pictures) {
        return new LossSums(pictures, 0, Map.of());
    }

    /** These and what a further phase costs for the same pictures. */
    LossSums with(MeanLosses phase) {
        Map<String, Double> sums = new TreeMap<>(byName);
        phase.byName().forEach((name, mean) -> sums.merge(name, mean * pictures, Double::sum));
        return new LossSums(pictures, total + phase.total() * pictures, sums);
    }

    /** These and those of further pictures. A name that was not there from the first on has no mean over all: it stays out. */
    LossSums plus(LossSums further) {
        if (pictures == 0) {
            return further;
        }
        Map<String, Double> sums = new TreeMap<>(byName);
        further.byName.forEach((name, more) -> sums.computeIfPresent(name, (same, sum) -> sum + more));
        return new LossSums(pictures + further.pictures, total + further.total, sums);
    }

    MeanLosses means() {
        Map<String, Double> means = new TreeMap<>();
        byName.forEach((name, sum) -> means.put(name, sum / pictures));
        return new MeanLosses(total / pictures, means);
    }
}
