package io.inkstone.evaluate;

import io.inkstone.tensor.SplitMix64;
import java.util.Arrays;

/**
 * Random halves of a sample, which tell how far a figure of the whole is to be trusted (subsampling, Politis, Romano and
 * Wolf 1999): the mean of m of n values drawn without replacement has variance (1/m − 1/n)σ², which for m = n/2 is that of
 * the mean of all n. So figures of halves scatter as that of the whole does around its expectation.
 *
 * @param members for each value the parts that hold it, a bit each: bit 0 is the whole, the others are halves
 * @param parts the whole and the halves
 */
public record Halves(int[] members, int parts) {
    /** Halves of a sample, unless they are costly. */
    public static final int USUAL = 20;

    /** The whole alone. */
    static Halves none(int values) {
        return of(values, 0, 0);
    }

    /** {@code halves} different halves of {@code values} values; one value less than half of an odd number. */
    static Halves of(int values, int halves, long seed) {
        SplitMix64 random = new SplitMix64(seed);
        int[] members = new int[values];
        Arrays.fill(members, 1);
        int[] order = new int[values];
        Arrays.setAll(order, i -> i);
        for (int half = 1; half <= halves; half++) {
            for (int i = 0; i < values / 2; i++) {
                int j = i + random.nextInt(values - i);
                int chosen = order[j];
                order[j] = order[i];
                order[i] = chosen;
                members[chosen] |= 1 << half;
            }
        }
        return new Halves(members, halves + 1);
    }

    /** Something that is done for each part of a set of parts. */
    @FunctionalInterface
    interface PartTask {
        void take(int part);
    }

    /** @param set a bit for each part */
    static void forEach(int set, PartTask task) {
        for (int left = set; left != 0; left &= left - 1) {
            task.take(Integer.numberOfTrailingZeros(left));
        }
    }

    /** How many values each part has. */
    int[] counts() {
        int[] counts = new int[parts];
        for (int set : members) {
            forEach(set, part -> counts[part]++);
        }
        return counts;
    }

    /** The standard error of the whole's figure, from the figure of each part; NaN where halves have none. */
    static double error(double[] figures) {
        return deviation(Arrays.copyOfRange(figures, 1, figures.length));
    }

    /** Of values, with N − 1; NaN for fewer than two. */
    public static double deviation(double[] values) {
        double mean = Arrays.stream(values).average().orElse(Double.NaN);
        double squares = Arrays.stream(values)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return values.length < 2 ? Double.NaN : Math.sqrt(squares / (values.length - 1));
    }
}
