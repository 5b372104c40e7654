package io.inkstone.evaluate;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.OptionalDouble;

/**
 * The factor that gives the codes of a set unit variance: 1 / standard deviation over all their values, mean taken off
 * (Rombach et al. 2022, appendix G; 0.18215 is that of one published model and of no other). Add every batch, then ask.
 */
public final class LatentScale {
    private long count;
    private double mean;
    private double squares;

    /** Takes in the values of any number of codes, unscaled. */
    public void add(float[] latents) {
        // Welford 1962: no difference of large sums.
        for (float value : latents) {
            count++;
            double before = value - mean;
            mean += before / count;
            squares += before * (value - mean);
        }
    }

    /** Values seen. */
    public long count() {
        return count;
    }

    /** The factor; empty where there is none: for no values, for constant ones, for some that are no numbers. */
    public OptionalDouble known() {
        double deviation = deviation();
        return deviation > 0 && Double.isFinite(deviation) ? OptionalDouble.of(1 / deviation) : OptionalDouble.empty();
    }

    /** The factor; a sentence where there is none. */
    public double value() {
        return known().orElseThrow(() -> new InputException(Words.of(
                "The latent scale is 1 / standard deviation of the codes; over %d values that deviation is %s. Measure it over a trained model's codes of several pictures.",
                count, deviation())));
    }

    private double deviation() {
        return Math.sqrt(squares / count);
    }
}
