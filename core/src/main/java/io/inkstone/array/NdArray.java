package io.inkstone.array;

import io.inkstone.InputException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/**
 * An n-dimensional array: C order, little-endian, from position 0 to limit of {@code data}.
 *
 * @param type element type
 * @param shape sizes, outermost first; empty for a scalar
 * @param data exactly {@code product(shape) · type.bytes()} bytes
 */
public record NdArray(DType type, long[] shape, ByteBuffer data) {
    public NdArray {
        shape = shape.clone();
        data = data.slice().order(ByteOrder.LITTLE_ENDIAN);
        long bytes = Math.multiplyExact(count(shape), type.bytes());
        if (bytes != data.remaining()) {
            throw new InputException("An array of %s %s needs %d bytes, got %d."
                    .formatted(type, Arrays.toString(shape), bytes, data.remaining()));
        }
    }

    /** A float32 array over a copy of {@code values}. */
    public static NdArray of(float[] values, long... shape) {
        ByteBuffer data =
                ByteBuffer.allocate(Math.multiplyExact(values.length, 4)).order(ByteOrder.LITTLE_ENDIAN);
        data.asFloatBuffer().put(values);
        return new NdArray(DType.FLOAT32, shape, data);
    }

    @Override
    public long[] shape() {
        return shape.clone();
    }

    /** A view with its own position and little-endian order. */
    @Override
    public ByteBuffer data() {
        return data.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Number of elements. */
    public long count() {
        return count(shape);
    }

    private static long count(long[] shape) {
        long count = 1;
        for (long size : shape) {
            if (size < 0) {
                throw new InputException("A shape has no negative sizes, got " + Arrays.toString(shape));
            }
            count = Math.multiplyExact(count, size);
        }
        return count;
    }
}
