package io.inkstone.tensor;

/**
 * The generator of Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (OOPSLA 2014): the state grows
 * by a constant, the output is a mix of it. Written out here so that the order of a run never depends on a Java version.
 */
public final class SplitMix64 {
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
