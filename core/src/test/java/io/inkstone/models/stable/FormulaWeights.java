package io.inkstone.models.stable;

/** Weights that both sides of a comparison make for themselves: a SplitMix64 finaliser of a tensor's number and the value's place. */
public final class FormulaWeights {
    private static final double SPREAD = 1.7;
    private static final double SMALL = 0.1;

    private FormulaWeights() {}

    /**
     * @param name of the tensor, by which its values are scaled
     * @param number of the tensor
     */
    public static float[] values(String name, long number, long... shape) {
        long count = 1;
        long fanIn = 1;
        for (int i = 0; i < shape.length; i++) {
            count *= shape[i];
            fanIn *= i == 0 ? 1 : shape[i];
        }
        float[] values = new float[Math.toIntExact(count)];
        for (int k = 0; k < values.length; k++) {
            double s = hashed(k, number);
            if (name.endsWith("bias")) {
                values[k] = (float) (SMALL * s);
            } else if (shape.length == 1) {
                values[k] = (float) (1 + SMALL * s);
            } else if (name.contains("embedding") && !name.contains("time_embedding")) {
                values[k] = (float) s;
            } else {
                values[k] = (float) (SPREAD * s / Math.sqrt(fanIn));
            }
        }
        return values;
    }

    /** The formula's numbers as they are, in [−scale, scale). */
    public static float[] numbers(long number, double scale, long... shape) {
        long count = 1;
        for (long size : shape) {
            count *= size;
        }
        float[] values = new float[Math.toIntExact(count)];
        for (int k = 0; k < values.length; k++) {
            values[k] = (float) (scale * hashed(k, number));
        }
        return values;
    }

    private static double hashed(long k, long p) {
        long z = (k + (p << 32) + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z = z ^ (z >>> 31);
        return (z >>> 11) * 0x1.0p-53 * 2 - 1;
    }
}
