package io.inkstone.evaluate;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.tensor.SplitMix64;
import io.inkstone.tensor.Tensors;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;

/**
 * Feature vectors of pictures, one row each.
 *
 * @param values [N, size], row by row
 * @param size d, the length of a row
 */
public record Features(float[] values, int size) {
    public Features {
        if (size < 1 || values.length % size != 0) {
            throw new InputException(Words.of("%d values are not rows of %d features.", values.length, size));
        }
        for (float value : values) {
            if (!Float.isFinite(value)) {
                throw new InputException(Words.of(
                        "The feature network answers %s to a picture: its weights are damaged or not those of this network.",
                        value));
            }
        }
    }

    /** N. */
    public int count() {
        return values.length / size;
    }

    /** The first {@code most} rows, or all. */
    public Features first(int most) {
        return most >= count() ? this : new Features(Arrays.copyOf(values, most * size), size);
    }

    /** {@code count} different rows, chosen by {@code random}. */
    public Features drawn(int count, SplitMix64 random) {
        int[] order = IntStream.range(0, count()).toArray();
        float[] chosen = new float[count * size];
        for (int i = 0; i < count; i++) {
            int j = i + random.nextInt(order.length - i);
            System.arraycopy(values, order[j] * size, chosen, i * size, size);
            order[j] = order[i];
        }
        return new Features(chosen, size);
    }

    /** Rows {@code from} (inclusive) to {@code to}, float64, with {@code centre} taken off each: [to − from, size]. */
    Tensor rows(int from, int to, double[] centre) {
        double[] rows = new double[(to - from) * size];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = values[from * size + i] - centre[i % size];
        }
        return Tensors.of(NdArray.of(rows, to - from, size));
    }

    /** The mean row. */
    double[] mean() {
        double[] mean = new double[size];
        for (int i = 0; i < values.length; i++) {
            mean[i % size] += values[i];
        }
        for (int i = 0; i < size; i++) {
            mean[i] /= count();
        }
        return mean;
    }

    static void requireAlike(Features one, Features other) {
        if (one.size != other.size) {
            throw new InputException(Words.of(
                    "Features of %d and of %d numbers cannot be compared: both must come from one network.",
                    one.size, other.size));
        }
    }
}
