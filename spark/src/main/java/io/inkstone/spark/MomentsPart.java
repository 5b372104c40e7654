package io.inkstone.spark;

import io.inkstone.evaluate.Moments;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Moments on their way between JVMs.
 *
 * @param place in the order of the partitions: merged in that order, sums are rounded the same way every time
 */
record MomentsPart(int place, long count, double[] mean, double[] scatter) implements Serializable {
    static MomentsPart of(int place, Moments moments) {
        return new MomentsPart(place, moments.count(), moments.mean(), moments.scatter());
    }

    Moments moments() {
        return Moments.of(count, mean, scatter);
    }

    /** All of {@code parts}, which must be some, in their order. */
    static Moments merged(Iterable<MomentsPart> parts) {
        List<MomentsPart> ordered = new ArrayList<>();
        parts.forEach(ordered::add);
        ordered.sort(Comparator.comparingInt(MomentsPart::place));
        Moments all = ordered.get(0).moments();
        ordered.subList(1, ordered.size()).forEach(part -> all.add(part.moments()));
        return all;
    }
}
