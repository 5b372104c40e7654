package io.inkstone.array;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** Brings elements into the order of {@link NdArray}. */
public final class Reorder {
    private Reorder() {}

    /** The elements with their bytes reversed: from big-endian to little-endian. */
    static ByteBuffer swapped(ByteBuffer data, int bytes) {
        int length = data.remaining();
        int base = data.position();
        ByteBuffer out = ByteBuffer.allocate(length);
        for (int i = 0; i < length; i += bytes) {
            for (int j = 0; j < bytes; j++) {
                out.put(i + j, data.get(base + i + bytes - 1 - j));
            }
        }
        return out;
    }

    /** C order from Fortran order, where the first index runs fastest. */
    static ByteBuffer fromFortran(ByteBuffer data, long[] shape, int bytes) {
        long[] strides = new long[shape.length];
        long stride = 1;
        for (int d = 0; d < shape.length; d++) {
            strides[d] = stride;
            stride *= Math.max(1, shape[d]);
        }
        return fromStrides(data, 0, shape, strides, bytes);
    }

    /**
     * C order from any strides. The caller has checked that every element lies inside {@code data}.
     *
     * @param offset index of the first element
     * @param shape sizes, outermost first
     * @param strides distance in elements between neighbours along each dimension, not negative
     * @param bytes bytes per element
     */
    public static ByteBuffer fromStrides(ByteBuffer data, long offset, long[] shape, long[] strides, int bytes) {
        long count = NdArray.count(shape);
        if (count > Integer.MAX_VALUE / bytes) {
            throw new InputException(Words.of(
                    "An array of shape %s takes more than 2 GB; it is too large to be put in order.",
                    Arrays.toString(shape)));
        }
        ByteBuffer out = ByteBuffer.allocate((int) count * bytes);
        long[] index = new long[shape.length];
        long from = offset;
        for (long i = 0; i < count; i++) {
            out.put((int) (i * bytes), data, (int) (data.position() + from * bytes), bytes);
            for (int d = shape.length - 1; d >= 0; d--) {
                from += strides[d];
                if (++index[d] < shape[d]) {
                    break;
                }
                from -= strides[d] * shape[d];
                index[d] = 0;
            }
        }
        return out;
    }
}
