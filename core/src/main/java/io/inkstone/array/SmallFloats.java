package io.inkstone.array;

import java.nio.ByteBuffer;

/**
 * Reads floating point numbers of 8 and 16 bits. Formats: IEEE 754 binary16; bfloat16, the upper half of binary32; E5M2
 * and E4M3 of "FP8 Formats for Deep Learning" (Micikevicius et al. 2022); their unsigned-zero variants of "8-bit Numerical
 * Formats for Deep Neural Networks" (Noune et al. 2022); E8M0 and E2M1 of the "OCP Microscaling Formats" (v1.0).
 */
final class SmallFloats {
    private SmallFloats() {}

    static double half(ByteBuffer data, int offset) {
        return half(data.getShort(offset));
    }

    static double bfloat(ByteBuffer data, int offset) {
        return Float.intBitsToFloat(data.getShort(offset) << 16);
    }

    /** E5M2 is binary16 without the lower 8 bits of the fraction. */
    static double e5m2(ByteBuffer data, int offset) {
        return half((short) (data.get(offset) << 8));
    }

    static double e4m3(ByteBuffer data, int offset) {
        int bits = data.get(offset);
        int exponent = bits >> 3 & 0xF;
        int fraction = bits & 0x7;
        double size = exponent == 0
                ? fraction * 0x1p-9
                : exponent == 15 && fraction == 7 ? Double.NaN : (8 + fraction) * Math.scalb(1.0, exponent - 10);
        return bits < 0 ? -size : size;
    }

    static double e4m3fnuz(ByteBuffer data, int offset) {
        return unsignedZero(data.get(offset), 3, 8);
    }

    static double e5m2fnuz(ByteBuffer data, int offset) {
        return unsignedZero(data.get(offset), 2, 16);
    }

    private static double unsignedZero(int bits, int fractionBits, int bias) {
        int exponent = (bits & 0x7F) >> fractionBits;
        int fraction = bits & (1 << fractionBits) - 1;
        if ((bits & 0xFF) == 0x80) {
            return Double.NaN;
        }
        int whole = exponent == 0 ? fraction : (1 << fractionBits) + fraction;
        double size = whole * Math.scalb(1.0, Math.max(1, exponent) - bias - fractionBits);
        return bits < 0 ? -size : size;
    }

    static double e8m0(ByteBuffer data, int offset) {
        int exponent = data.get(offset) & 0xFF;
        return exponent == 0xFF ? Double.NaN : Math.scalb(1.0, exponent - 127);
    }

    /** Element {@code index}, in the lower half of its byte if it is even. */
    static double e2m1(ByteBuffer data, int index) {
        int bits = data.get(index >> 1) >> (index & 1) * 4 & 0xF;
        int exponent = bits >> 1 & 3;
        int fraction = bits & 1;
        double size = exponent == 0 ? fraction * 0.5 : (2 + fraction) * Math.scalb(1.0, exponent - 2);
        return (bits & 8) != 0 ? -size : size;
    }

    private static double half(short bits) {
        int exponent = bits >> 10 & 0x1F;
        int fraction = bits & 0x3FF;
        double size;
        if (exponent == 0) {
            size = fraction * 0x1p-24;
        } else if (exponent == 31) {
            size = fraction == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
        } else {
            size = (1024 + fraction) * Math.scalb(1.0, exponent - 25);
        }
        return bits < 0 ? -size : size;
    }
}
