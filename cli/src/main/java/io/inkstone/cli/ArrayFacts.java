package io.inkstone.cli;

import io.inkstone.Words;
import io.inkstone.array.NdArray;

/**
 * What can be said of an array's values; those that are not finite are counted and left out.
 *
 * @param least 0 if no value is finite
 * @param largest 0 if no value is finite
 * @param mean 0 if no value is finite
 * @param notFinite values that are NaN or infinite
 */
record ArrayFacts(double least, double largest, double mean, long notFinite) {
    static ArrayFacts of(NdArray array) {
        double least = Double.POSITIVE_INFINITY;
        double largest = Double.NEGATIVE_INFINITY;
        double sum = 0;
        long finite = 0;
        for (float value : array.toFloats()) {
            if (Float.isFinite(value)) {
                least = Math.min(least, value);
                largest = Math.max(largest, value);
                sum += value;
                finite++;
            }
        }
        return finite == 0
                ? new ArrayFacts(0, 0, 0, array.count())
                : new ArrayFacts(least, largest, sum / finite, array.count() - finite);
    }

    String words() {
        return Words.of(
                "values %.6g to %.6g, mean %.6g%s",
                least, largest, mean, notFinite == 0 ? "" : Words.of(", %,d not finite", notFinite));
    }
}
