package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.DType;
import io.inkstone.array.NdArray;
import java.util.Arrays;
import java.util.Locale;

/**
 * Arrays of pictures that are not bytes [N, H, W, C]: other numbers, or channels first. They are turned into bytes in
 * memory, by what all of the values say; what they do not say is refused.
 *
 * @param shape [N, H, W] or [N, H, W, C] of the bytes
 * @param bytes in that order
 */
record ArrayForm(long[] shape, byte[] bytes) {
    private static final long MOST = Integer.MAX_VALUE - 8;

    /** Ranges that values of pictures have, told apart by their least and greatest. */
    private enum Range {
        BYTES("0 to 255", 1, 0),
        UNIT("0 to 1", 255, 0),
        SIGNED("-1 to 1", 127.5, 1);

        private final String words;
        private final double factor;
        private final double shift;

        Range(String words, double factor, double shift) {
            this.words = words;
            this.factor = factor;
            this.shift = shift;
        }
    }

    /** Whether the array must be turned into bytes in another order. */
    static boolean isOther(DType type, long[] shape) {
        return type != DType.UINT8 || isChannelsFirst(shape);
    }

    private static boolean isChannelsFirst(long[] shape) {
        return shape.length == 4 && isChannels(shape[1]) && !isChannels(shape[3]);
    }

    private static boolean isChannels(long size) {
        return size == 1 || size == 3;
    }

    /** @param left is told how the values were taken */
    static ArrayForm of(String name, NdArray array, LeftOut left) {
        long[] shape = array.shape();
        boolean sizes = shape.length == 3 || isChannelsFirst(shape) || (shape.length == 4 && isChannels(shape[3]));
        if (!sizes || array.count() == 0) {
            throw new InputException(Words.of(
                    "%s holds %s %s; pictures are [N, H, W, 3], [N, H, W, 1], [N, 3, H, W] or [N, H, W].",
                    name, array.type().name().toLowerCase(Locale.ROOT), Arrays.toString(shape)));
        }
        if (array.count() > MOST) {
            throw new InputException(Words.of(
                    "%s holds %d values, too many to turn into bytes in memory; save it as uint8 [N, H, W, C].",
                    name, array.count()));
        }
        return isChannelsFirst(shape)
                ? channelsLast(bytes(name, array, left), shape)
                : new ArrayForm(shape, bytes(name, array, left));
    }

    private static byte[] bytes(String name, NdArray array, LeftOut left) {
        int count = (int) array.count();
        byte[] bytes = new byte[count];
        if (array.type() == DType.UINT8) {
            array.data().get(0, bytes);
            return bytes;
        }
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        int rows = (int) array.shape()[0];
        for (int i = 0; i < rows; i++) {
            for (float value : array.rows(i, 1).toFloats()) {
                if (!Float.isFinite(value)) {
                    throw new InputException(
                            Words.of("%s: picture %d holds %s; values of pictures are numbers.", name, i, value));
                }
                least = Math.min(least, value);
                most = Math.max(most, value);
            }
        }
        Range range = range(name, array.type(), least, most);
        int at = 0;
        for (int i = 0; i < rows; i++) {
            for (float value : array.rows(i, 1).toFloats()) {
                bytes[at++] = (byte) Math.round((value + range.shift) * range.factor);
            }
        }
        left.note(Words.of(
                "The values of %s, %s from %s to %s, were taken as %s and rounded to bytes.",
                name, array.type().name().toLowerCase(Locale.ROOT), least, most, range.words));
        return bytes;
    }

    private static Range range(String name, DType type, double least, double most) {
        if (type == DType.BOOL) {
            return Range.UNIT;
        }
        if (least >= 0 && most <= 255 && (most > 1 || !type.isFloat())) {
            if (type.isFloat() && most < 2) {
                throw strange(name, least, most);
            }
            return Range.BYTES;
        }
        if (type.isFloat() && most <= 1 && least >= -1) {
            return least >= 0 ? Range.UNIT : Range.SIGNED;
        }
        throw strange(name, least, most);
    }

    private static InputException strange(String name, double least, double most) {
        return new InputException(Words.of(
                "%s holds values from %s to %s; those of pictures lie between 0 and 255, 0 and 1, or -1 and 1. Bring them there, or save bytes.",
                name, least, most));
    }

    private static ArrayForm channelsLast(byte[] first, long[] shape) {
        int channels = (int) shape[1];
        int area = (int) (shape[2] * shape[3]);
        byte[] last = new byte[first.length];
        for (int n = 0; n < shape[0]; n++) {
            int start = n * channels * area;
            for (int c = 0; c < channels; c++) {
                for (int p = 0; p < area; p++) {
                    last[start + p * channels + c] = first[start + c * area + p];
                }
            }
        }
        return new ArrayForm(new long[] {shape[0], shape[2], shape[3], shape[1]}, last);
    }
}
