package io.inkstone.evaluate;

import io.inkstone.Words;

/** Peak signal-to-noise ratio: 10·log₁₀(1 / mean squared error) decibels for values in [0, 1]. */
public final class Psnr {
    private Psnr() {}

    /** Of two pictures with values in [0, 1]; infinite for equal ones. */
    public static double of(float[] picture, float[] reference) {
        return ofError(meanSquaredError(picture, reference));
    }

    /** @param meanSquaredError of values in [0, 1]; of values in [−1, 1] it is four times as large */
    public static double ofError(double meanSquaredError) {
        return -10 * Math.log10(meanSquaredError);
    }

    static double meanSquaredError(float[] picture, float[] reference) {
        if (picture.length != reference.length || picture.length == 0) {
            throw new IllegalArgumentException(Words.of(
                    "Two pictures of one size are compared, got %d and %d values.", picture.length, reference.length));
        }
        double sum = 0;
        for (int i = 0; i < picture.length; i++) {
            double difference = (double) picture[i] - reference[i];
            sum += difference * difference;
        }
        return sum / picture.length;
    }
}
