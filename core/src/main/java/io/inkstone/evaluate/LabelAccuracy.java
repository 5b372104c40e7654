package io.inkstone.evaluate;

import io.inkstone.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * How often a classifier sees the class that was asked for. Read it beside the classifier's own accuracy on real pictures:
 * it cannot judge better than it sees, and a generator of one perfect picture per class scores 1.
 *
 * @param total over all pictures
 * @param perClass by class, NaN for a class that was never asked for
 * @param count pictures judged
 */
public record LabelAccuracy(double total, List<Double> perClass, int count) {
    /** The normal quantile of a 95 % interval. */
    private static final double QUANTILE = 1.959964;

    public LabelAccuracy {
        perClass = List.copyOf(perClass);
    }

    /**
     * @param seen the class that each picture shows
     * @param wanted the class that it was to show
     * @param classes how many there are
     */
    public static LabelAccuracy of(int[] seen, int[] wanted, int classes) {
        if (seen.length != wanted.length || seen.length == 0) {
            throw new InputException("Accuracy compares as many answers as pictures, got %d and %d."
                    .formatted(seen.length, wanted.length));
        }
        int[] right = new int[classes];
        int[] asked = new int[classes];
        int all = 0;
        for (int i = 0; i < seen.length; i++) {
            asked[wanted[i]]++;
            if (seen[i] == wanted[i]) {
                right[wanted[i]]++;
                all++;
            }
        }
        List<Double> perClass = new ArrayList<>();
        for (int label = 0; label < classes; label++) {
            perClass.add((double) right[label] / asked[label]);
        }
        return new LabelAccuracy((double) all / seen.length, perClass, seen.length);
    }

    /** Low and high end of the 95 % interval of {@link #total} (Wilson 1927): never outside [0, 1], never empty. */
    public double[] interval() {
        double squared = QUANTILE * QUANTILE;
        double centre = (total + squared / (2 * count)) / (1 + squared / count);
        double half = QUANTILE
                / (1 + squared / count)
                * Math.sqrt(total * (1 - total) / count + squared / (4.0 * count * count));
        return new double[] {centre - half, centre + half};
    }
}
