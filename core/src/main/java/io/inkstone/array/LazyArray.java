package io.inkstone.array;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.IntFunction;

/**
 * An array that is made part by part along its first dimension while it is written, so that it never has to fit in memory.
 *
 * @param type of the elements
 * @param shape of the whole
 * @param parts one after another, all of {@code type}; made anew by each walk through them
 */
public record LazyArray(DType type, long[] shape, Iterable<NdArray> parts) {
    /** An array that is in memory already. */
    public static LazyArray of(NdArray array) {
        return new LazyArray(array.type(), array.shape(), List.of(array));
    }

    /**
     * Rows that are made {@code chunk} at a time.
     *
     * @param rows makes rows {@code from} (inclusive) to {@code to}
     * @param shape of the whole, float32 or whatever {@code type} says
     */
    public static LazyArray inChunks(DType type, int chunk, Rows rows, long... shape) {
        int count = Math.toIntExact(shape[0]);
        IntFunction<NdArray> part = index -> rows.make(index * chunk, Math.min(count, (index + 1) * chunk));
        return new LazyArray(type, shape, () -> counting((count + chunk - 1) / chunk, part));
    }

    /** Makes a range of rows. */
    @FunctionalInterface
    public interface Rows {
        NdArray make(int from, int to);
    }

    private static Iterator<NdArray> counting(int count, IntFunction<NdArray> part) {
        return new Iterator<>() {
            private int next;

            @Override
            public boolean hasNext() {
                return next < count;
            }

            @Override
            public NdArray next() {
                if (!hasNext()) {
                    throw new NoSuchElementException();
                }
                return part.apply(next++);
            }
        };
    }

    /** Bytes of all elements. */
    public long bytes() {
        return NdArray.byteCount(type, shape);
    }

    /** Makes and writes every part; refuses parts that together are not what {@link #shape} promised. */
    public void copyTo(OutputStream out) throws IOException {
        long rows = 0;
        for (NdArray part : parts) {
            long[] expected = shape.clone();
            if (shape.length > 0) {
                expected[0] = part.shape().length == 0 ? 0 : part.shape()[0];
                rows += expected[0];
            }
            if (part.type() != type || !Arrays.equals(part.shape(), expected)) {
                throw new InputException(
                        Words.of("A part of an array %s %s has the form %s.", type, Arrays.toString(shape), part));
            }
            Npy.copy(part.data(), out);
        }
        if (shape.length > 0 && rows != shape[0]) {
            throw new InputException(Words.of("An array of shape %s was given %d rows.", Arrays.toString(shape), rows));
        }
    }
}
