package io.inkstone.array;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * An n-dimensional array: C order, little-endian, from position 0 to limit of {@code data}. Two arrays are equal when
 * type, shape and bytes are.
 *
 * @param type element type
 * @param shape sizes, outermost first; empty for a scalar
 * @param data exactly {@code product(shape) · type.bits() / 8} bytes
 */
public record NdArray(DType type, long[] shape, ByteBuffer data) {
    public NdArray {
        shape = shape.clone();
        data = data.slice().order(ByteOrder.LITTLE_ENDIAN);
        long bytes = byteCount(type, shape);
        if (bytes != data.remaining()) {
            throw new InputException(Words.of(
                    "An array of %s %s needs %d bytes, got %d.",
                    type, Arrays.toString(shape), bytes, data.remaining()));
        }
    }

    /** A float32 array over a copy of {@code values}. */
    public static NdArray of(float[] values, long... shape) {
        ByteBuffer data = allocate(values.length, DType.FLOAT32);
        data.asFloatBuffer().put(values);
        return new NdArray(DType.FLOAT32, shape, data);
    }

    /** A float64 array over a copy of {@code values}. */
    public static NdArray of(double[] values, long... shape) {
        ByteBuffer data = allocate(values.length, DType.FLOAT64);
        data.asDoubleBuffer().put(values);
        return new NdArray(DType.FLOAT64, shape, data);
    }

    /** An int64 array over a copy of {@code values}. */
    public static NdArray of(long[] values, long... shape) {
        ByteBuffer data = allocate(values.length, DType.INT64);
        data.asLongBuffer().put(values);
        return new NdArray(DType.INT64, shape, data);
    }

    /** A uint8 array over a copy of {@code values}. */
    public static NdArray of(byte[] values, long... shape) {
        return new NdArray(DType.UINT8, shape, ByteBuffer.wrap(values.clone()));
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

    /** The same elements in another shape, without a copy; the products must agree. */
    public NdArray reshape(long... other) {
        if (count(other) != count()) {
            throw new InputException(Words.of(
                    "%s holds %d values and cannot take the shape %s, which holds %d.",
                    Arrays.toString(shape), count(), Arrays.toString(other), count(other)));
        }
        return new NdArray(type, other, data);
    }

    /** Entries {@code from … from + count − 1} of the first dimension, without a copy. */
    public NdArray rows(long from, long count) {
        if (shape.length == 0 || from < 0 || count < 0 || from > shape[0] - count) {
            throw new InputException(Words.of(
                    "Rows %d to %d lie outside an array of shape %s.", from, from + count - 1, Arrays.toString(shape)));
        }
        long[] part = shape.clone();
        part[0] = 1;
        long row = byteCount(type, part);
        part[0] = count;
        return new NdArray(type, part, data.slice((int) (from * row), (int) (count * row)));
    }

    /** All elements as float32, whatever the type; wide types are rounded. */
    public float[] toFloats() {
        float[] values = new float[(int) count()];
        if (type == DType.FLOAT32) {
            data().asFloatBuffer().get(values);
            return values;
        }
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) type.realAt(data, i);
        }
        return values;
    }

    /** All elements as float64; 64-bit integers are rounded. */
    public double[] toDoubles() {
        double[] values = new double[(int) count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = type.realAt(data, i);
        }
        return values;
    }

    /** All elements as 64-bit integers; fractions are cut off, uint64 above 2⁶³ wraps. */
    public long[] toLongs() {
        long[] values = new long[(int) count()];
        for (int i = 0; i < values.length; i++) {
            values[i] = type.integerAt(data, i);
        }
        return values;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof NdArray that
                && type == that.type
                && Arrays.equals(shape, that.shape)
                && data.equals(that.data);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(shape) + type.hashCode();
    }

    @Override
    public String toString() {
        return type + " " + Arrays.toString(shape);
    }

    /** Every value times {@code factor}, as float32; itself for 1. */
    public NdArray scaled(double factor) {
        if (factor == 1) {
            return this;
        }
        float[] values = toFloats();
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (values[i] * factor);
        }
        return of(values, shape);
    }

    /** Arrays of one type behind each other along their first dimension; the other sizes must be equal. */
    public static NdArray joined(List<NdArray> parts) {
        NdArray first = parts.get(0);
        if (parts.size() == 1) {
            return first;
        }
        long[] shape = first.shape();
        shape[0] = parts.stream().mapToLong(part -> part.shape[0]).sum();
        long bytes = byteCount(first.type, shape);
        if (bytes > Integer.MAX_VALUE) {
            throw new InputException(Words.of(
                    "An array of shape %s takes %d MB; one of at most 2 GB can be held in memory.",
                    Arrays.toString(shape), bytes >> 20));
        }
        ByteBuffer data = ByteBuffer.allocate((int) bytes);
        parts.forEach(part -> data.put(part.data()));
        return new NdArray(first.type, shape, data.flip());
    }

    /** Bytes that an array takes; a product beyond 2⁶³ or a negative size is an {@link InputException}. */
    public static long byteCount(DType type, long... shape) {
        try {
            long bits = Math.multiplyExact(count(shape), (long) type.bits());
            if (bits % 8 != 0) {
                throw new InputException(
                        Words.of("An array of %s %s ends inside a byte.", type, Arrays.toString(shape)));
            }
            return bits / 8;
        } catch (ArithmeticException e) {
            throw tooLarge(shape);
        }
    }

    static long count(long[] shape) {
        long count = 1;
        boolean empty = false;
        for (long size : shape) {
            if (size < 0) {
                throw new InputException("A shape has no negative sizes, got " + Arrays.toString(shape));
            }
            empty |= size == 0;
        }
        try {
            for (long size : empty ? new long[] {0} : shape) {
                count = Math.multiplyExact(count, size);
            }
        } catch (ArithmeticException e) {
            throw tooLarge(shape);
        }
        return count;
    }

    private static InputException tooLarge(long[] shape) {
        return new InputException(Words.of(
                "An array of shape %s is larger than any file; the shape must be damaged.", Arrays.toString(shape)));
    }

    private static ByteBuffer allocate(int count, DType type) {
        return ByteBuffer.allocate(Math.multiplyExact(count, type.bytes())).order(ByteOrder.LITTLE_ENDIAN);
    }
}
