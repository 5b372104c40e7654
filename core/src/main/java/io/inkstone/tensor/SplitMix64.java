package io.inkstone.tensor;

import java.util.random.RandomGenerator;

/**
 * The generator of Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014): the state grows
 * by a constant, the output is a mix of it. Written out here, with the ways to whole numbers and fractions, so that no
 * number of a run depends on a Java version. They are those that {@link java.util.SplittableRandom} took when the first
 * runs were trained. Only {@link #nextGaussian} is the JDK's, whose algorithm (McFarland 2016) no document fixes: a test
 * holds a table of its numbers against every Java that runs it.
 */
public final class SplitMix64 implements RandomGenerator {
    static final long GAMMA = 0x9E3779B97F4A7C15L;
    private long state;

    public SplitMix64(long seed) {
        state = seed;
    }

    /** A generator with an address: other words give an unrelated stream. */
    public static SplitMix64 at(long seed, long... address) {
        long state = mix(seed + GAMMA);
        for (long word : address) {
            state = mix(state ^ mix(word + GAMMA));
        }
        return new SplitMix64(state);
    }

    public long next() {
        state += GAMMA;
        return mix(state);
    }

    @Override
    public long nextLong() {
        return next();
    }

    /** 32 bits, by a mix of their own. */
    @Override
    public int nextInt() {
        state += GAMMA;
        long z = (state ^ (state >>> 33)) * 0x62A9D9ED799705F5L;
        return (int) (((z ^ (z >>> 28)) * 0xCB24D0A5C88C35B3L) >>> 32);
    }

    /** Uniform in [0, bound): the lower bits of a power of two, else a remainder, drawn again where it would favour some. */
    @Override
    public int nextInt(int bound) {
        return nextInt(0, bound);
    }

    /** Uniform in [origin, bound), likewise; bound − origin must be positive and fit into 31 bits. */
    @Override
    public int nextInt(int origin, int bound) {
        int range = bound - origin;
        if (range <= 0) {
            throw new IllegalArgumentException("No whole number lies in [" + origin + ", " + bound + ").");
        }
        int most = range - 1;
        int bits = nextInt();
        if ((range & most) == 0) {
            return (bits & most) + origin;
        }
        int positive = bits >>> 1;
        while (positive + most - positive % range < 0) {
            positive = nextInt() >>> 1;
        }
        return positive % range + origin;
    }

    /** Uniform in [0, 1): the upper 53 bits. */
    @Override
    public double nextDouble() {
        return (next() >>> 11) * 0x1.0p-53;
    }

    /** From N(0, 1); see above. */
    @Override
    public double nextGaussian() {
        return RandomGenerator.super.nextGaussian();
    }

    /** As if {@code count} numbers had been drawn. */
    public void skip(long count) {
        state += GAMMA * count;
    }

    /** Uniform in [0, bound), from the upper 32 bits; the bias is below bound / 2³². */
    public int below(int bound) {
        return (int) (((next() >>> 32) * bound) >>> 32);
    }

    /** The mix alone: neighbouring numbers come out unrelated. */
    static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
