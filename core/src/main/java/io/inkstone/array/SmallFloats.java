package io.inkstone.array;

import java.nio.ByteBuffer;

/**
 * Reads floating point numbers of 8 and 16 bits. Formats: IEEE 754 binary16; bfloat16, the upper half of binary32; E5M2
 * and E4M3 of "FP8 Formats for Deep Learning" (Micikevicius et al. 2022).
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
