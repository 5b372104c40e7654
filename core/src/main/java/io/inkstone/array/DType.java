package io.inkstone.array;

import java.nio.ByteBuffer;

/** The element types of array and weight files, little-endian in memory. Each knows how one of its elements is read. */
public enum DType {
    BOOL(1, (IntegerReader) (b, i) -> b.get(i) == 0 ? 0 : 1),
    UINT8(1, (IntegerReader) (b, i) -> b.get(i) & 0xFF),
    INT8(1, (IntegerReader) ByteBuffer::get),
    UINT16(2, (IntegerReader) (b, i) -> b.getShort(i) & 0xFFFF),
    INT16(2, (IntegerReader) ByteBuffer::getShort),
    UINT32(4, (IntegerReader) (b, i) -> b.getInt(i) & 0xFFFFFFFFL),
    INT32(4, (IntegerReader) ByteBuffer::getInt),
    UINT64(8, (IntegerReader) ByteBuffer::getLong),
    INT64(8, (IntegerReader) ByteBuffer::getLong),
    /** The finite variant ("fn"): 4 bits of exponent, 3 of fraction, no infinities. */
    FLOAT8_E4M3(1, SmallFloats::e4m3),
    FLOAT8_E5M2(1, SmallFloats::e5m2),
    FLOAT16(2, SmallFloats::half),
    BFLOAT16(2, SmallFloats::bfloat),
    FLOAT32(4, (RealReader) ByteBuffer::getFloat),
    FLOAT64(8, (RealReader) ByteBuffer::getDouble);

    /** Reads one element at a byte offset. */
    private interface RealReader {
        double read(ByteBuffer data, int offset);
    }

    private interface IntegerReader {
        long read(ByteBuffer data, int offset);
    }

    private final int bytes;
    private final RealReader real;
    private final IntegerReader integer;

    DType(int bytes, IntegerReader integer) {
        this.bytes = bytes;
        this.integer = integer;
        this.real = null;
    }

    DType(int bytes, RealReader real) {
        this.bytes = bytes;
        this.integer = null;
        this.real = real;
    }

    /** Bytes per element. */
    public int bytes() {
        return bytes;
    }

    /** Whether elements are floating point numbers. */
    public boolean isFloat() {
        return real != null;
    }

    /** The element that starts at byte {@code offset}, rounded to a double where it is a 64-bit integer. */
    double realAt(ByteBuffer data, int offset) {
        if (real != null) {
            return real.read(data, offset);
        }
        long value = integer.read(data, offset);
        return this == UINT64 && value < 0 ? (value >>> 1 | value & 1) * 2.0 : value;
    }

    /** The element that starts at byte {@code offset}; a floating point number loses its fraction. */
    long integerAt(ByteBuffer data, int offset) {
        return integer != null ? integer.read(data, offset) : (long) real.read(data, offset);
    }
}
