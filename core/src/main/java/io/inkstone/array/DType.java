package io.inkstone.array;

import io.inkstone.InputException;
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
    /** The variants of other accelerators ("fnuz"): one bias more, no infinities, no negative zero. */
    FLOAT8_E4M3FNUZ(1, SmallFloats::e4m3fnuz),
    FLOAT8_E5M2FNUZ(1, SmallFloats::e5m2fnuz),
    /** Powers of two alone, by which blocks of smaller numbers are scaled. */
    FLOAT8_E8M0(1, SmallFloats::e8m0),
    /** 2 bits of exponent, 1 of fraction: two elements a byte, the first in its lower half. */
    FLOAT4_E2M1(SmallFloats::e2m1),
    FLOAT16(2, SmallFloats::half),
    BFLOAT16(2, SmallFloats::bfloat),
    FLOAT32(4, (RealReader) ByteBuffer::getFloat),
    FLOAT64(8, (RealReader) ByteBuffer::getDouble);

    /** Reads one element at a byte offset; by its number where elements share bytes. */
    private interface RealReader {
        double read(ByteBuffer data, int offset);
    }

    private interface IntegerReader {
        long read(ByteBuffer data, int offset);
    }

    private final int bits;
    private final RealReader real;
    private final IntegerReader integer;

    DType(int bytes, IntegerReader integer) {
        this.bits = 8 * bytes;
        this.integer = integer;
        this.real = null;
    }

    DType(int bytes, RealReader real) {
        this.bits = 8 * bytes;
        this.integer = null;
        this.real = real;
    }

    /** Two elements a byte. */
    DType(RealReader real) {
        this.bits = 4;
        this.integer = null;
        this.real = real;
    }

    /** Bits per element. */
    public int bits() {
        return bits;
    }

    /** Bytes per element; types that share bytes have none, and formats that need it refuse them. */
    public int bytes() {
        if (bits < 8) {
            throw new InputException("Elements of " + this + " share bytes; such arrays are only read from safetensors"
                    + " and changed to float32.");
        }
        return bits / 8;
    }

    /** Whether elements are floating point numbers. */
    public boolean isFloat() {
        return real != null;
    }

    /** Element {@code index}, rounded to a double where it is a 64-bit integer. */
    double realAt(ByteBuffer data, int index) {
        if (real != null) {
            return real.read(data, bits < 8 ? index : index * (bits / 8));
        }
        long value = integer.read(data, index * (bits / 8));
        return this == UINT64 && value < 0 ? (value >>> 1 | value & 1) * 2.0 : value;
    }

    /** Element {@code index}; a floating point number loses its fraction. */
    long integerAt(ByteBuffer data, int index) {
        return integer != null ? integer.read(data, index * (bits / 8)) : (long) realAt(data, index);
    }
}
