package io.inkstone.models.draw;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import java.util.Arrays;

/** Ways from one code to another, both of one shape. */
public enum Interpolation {
    /** (1 − t)·a + t·b. */
    LINEAR {
        @Override
        double[] weights(float[] a, float[] b, double t) {
            return new double[] {1 - t, t};
        }
    },
    /**
     * Along the great circle (Shoemake 1985): codes drawn from N(0, I) lie near a sphere, and the straight way between two
     * of them leaves it.
     */
    SPHERICAL {
        @Override
        double[] weights(float[] a, float[] b, double t) {
            double angle = Math.acos(Math.max(-1, Math.min(1, dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b)))));
            double sine = Math.sin(angle);
            return !(sine > 1e-6) // parallel, opposite or zero: no circle is told
                    ? LINEAR.weights(a, b, t)
                    : new double[] {Math.sin((1 - t) * angle) / sine, Math.sin(t * angle) / sine};
        }
    };

    /** What any JVM gives an array. */
    private static final int MOST_VALUES = Integer.MAX_VALUE - 8;

    abstract double[] weights(float[] a, float[] b, double t);

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }

    /**
     * One point on the way.
     *
     * @param t 0 for {@code a}, 1 for {@code b}, which has the same shape
     */
    public NdArray at(NdArray a, NdArray b, double t) {
        float[] from = a.toFloats();
        float[] to = b.toFloats();
        if (!Arrays.equals(a.shape(), b.shape())) {
            throw new InputException(Words.of(
                    "An interpolation has two ends of one shape, got %s and %s.",
                    Arrays.toString(a.shape()), Arrays.toString(b.shape())));
        }
        float[] values = new float[from.length];
        mix(from, to, t, values, 0);
        return NdArray.of(values, a.shape());
    }

    private void mix(float[] a, float[] b, double t, float[] values, int at) {
        double[] weights = weights(a, b, t);
        for (int i = 0; i < a.length; i++) {
            values[at + i] = (float) (weights[0] * a[i] + weights[1] * b[i]);
        }
    }

    /**
     * Codes from {@code a} to {@code b}, both included.
     *
     * @param ends two codes [2, …]
     * @param count codes in all, 2 or more
     * @return [count, …]
     */
    public NdArray between(NdArray ends, int count) {
        if (ends.shape().length == 0 || ends.shape()[0] != 2 || count < 2) {
            throw new InputException(Words.of(
                    "An interpolation has two ends and 2 or more pictures, got %s and %d.",
                    Arrays.toString(ends.shape()), count));
        }
        float[] a = ends.rows(0, 1).toFloats();
        float[] b = ends.rows(1, 1).toFloats();
        if ((long) count * a.length > MOST_VALUES) {
            throw new InputException(Words.of(
                    "%d codes of %d values are more than an array holds: ask for at most %d.",
                    count, a.length, MOST_VALUES / a.length));
        }
        float[] values = new float[count * a.length];
        for (int k = 0; k < count; k++) {
            mix(a, b, (double) k / (count - 1), values, k * a.length);
        }
        long[] shape = ends.shape();
        shape[0] = count;
        return NdArray.of(values, shape);
    }
}
