package io.inkstone.evaluate;

import java.util.Random;

/** Rows of independent normal numbers with deviation 1. */
final class NormalFeatures {
    private NormalFeatures() {}

    static Features of(int count, int size, long seed, float mean) {
        Random random = new Random(seed);
        float[] values = new float[count * size];
        for (int i = 0; i < values.length; i++) {
            values[i] = mean + (float) random.nextGaussian();
        }
        return new Features(values, size);
    }
}
