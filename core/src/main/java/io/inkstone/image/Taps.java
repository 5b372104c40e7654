package io.inkstone.image;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The weights of a triangle filter along one axis, in fixed point. Output i is the sum over k &lt; {@code length} of
 * weight[i · length + k] · input[first[i] + k], shifted right by {@link #BITS}. Shrinking widens the triangle by the scale,
 * so that every input counts (no aliasing); enlarging keeps it at one pixel each side (plain linear interpolation). The
 * weights of an output sum to one also at the borders, where taps outside the picture are left out.
 *
 * @param length taps per output; unused ones weigh 0 and lie inside the input
 */
record Taps(int length, int[] first, int[] weights) {
    /** Fraction bits: 255 · 2²² and its rounding errors still fit into an int. */
    static final int BITS = 22;

    private static final int MOST_CACHED = 256;
    private static final Map<Long, Taps> CACHE = new ConcurrentHashMap<>();

    static Taps of(int in, int out) {
        if (CACHE.size() > MOST_CACHED) {
            CACHE.clear();
        }
        return CACHE.computeIfAbsent((long) in << 32 | out, key -> triangle(in, out));
    }

    private static Taps triangle(int in, int out) {
        double scale = (double) in / out;
        double support = Math.max(scale, 1);
        int length = Math.min(in, (int) Math.ceil(support) * 2 + 1);
        int[] first = new int[out];
        int[] weights = new int[out * length];
        double[] raw = new double[length];
        for (int i = 0; i < out; i++) {
            double centre = (i + 0.5) * scale;
            int from = Math.max(0, (int) Math.floor(centre - support + 0.5));
            // Shifted left where the last taps would hang over the edge: their weights are 0 anyway.
            first[i] = Math.min(from, in - length);
            double sum = 0;
            for (int k = 0; k < length; k++) {
                double distance = Math.abs(first[i] + k + 0.5 - centre) / support;
                raw[k] = Math.max(0, 1 - distance);
                sum += raw[k];
            }
            for (int k = 0; k < length; k++) {
                weights[i * length + k] = (int) Math.round(raw[k] / sum * (1 << BITS));
            }
        }
        return new Taps(length, first, weights);
    }
}
