package io.inkstone.evaluate;

import java.util.Arrays;

/**
 * A 95 % interval.
 *
 * @param low its lower end; NaN where there is nothing to tell it from
 * @param high its upper end
 */
public record Interval(double low, double high) {
    /** The normal quantile of a 95 % interval. */
    private static final double QUANTILE = 1.959964;

    /**
     * @param error standard deviation of the estimate {@code value}; 0 tells as little as NaN: what never scattered in a
     *     sample, such as a coverage of 0, may still do so
     */
    public static Interval around(double value, double error) {
        double half = error > 0 ? QUANTILE * error : Double.NaN;
        return new Interval(value - half, value + half);
    }

    /** Of a mean, from the values that it is of; of one value alone it is NaN. */
    public static Interval ofMean(double[] values) {
        return around(Arrays.stream(values).average().orElse(Double.NaN), errorOfMean(values));
    }

    /** The standard error of the mean of these values; NaN for one alone. */
    public static double errorOfMean(double[] values) {
        return Halves.deviation(values) / Math.sqrt(values.length);
    }

    /** Of a share among {@code count} (Wilson 1927): never outside [0, 1], never empty. */
    public static Interval ofShare(double share, int count) {
        double squared = QUANTILE * QUANTILE;
        double centre = (share + squared / (2 * count)) / (1 + squared / count);
        double half = QUANTILE
                / (1 + squared / count)
                * Math.sqrt(share * (1 - share) / count + squared / (4.0 * count * count));
        // At the ends the exact interval touches them; rounding would leave 1e-18.
        return new Interval(share == 0 ? 0 : Math.max(0, centre - half), share == 1 ? 1 : Math.min(1, centre + half));
    }

    /** The part of it that figures can have. */
    public Interval within(double least, double most) {
        return new Interval(Math.max(least, low), Math.min(most, high));
    }
}
