package io.inkstone.image;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.Arrays;

/**
 * Changes the size of pictures with an antialiased linear filter, the one the published data preparations use: a triangle
 * whose width grows with the scale, along rows first, rounded to 8 bits, then along columns. Pure functions.
 */
public final class Resize {
    private static final int HALF = 1 << (Taps.BITS - 1);

    private Resize() {}

    /** The picture at another size; the sides may change by different factors. */
    public static Pixels to(Pixels picture, int width, int height) {
        Pixels.checkSize("A resized picture", width, height);
        Pixels.checkSize("A resized picture", width, picture.height());
        Pixels rows = width == picture.width() ? picture : alongRows(picture, width);
        return height == rows.height() ? rows : alongColumns(rows, height);
    }

    /** The picture with its short side at {@code size}; the long side follows, cut to whole pixels (178×218 to 512×627). */
    public static Pixels shortSide(Pixels picture, int size) {
        long width = picture.width();
        long height = picture.height();
        Pixels.checkSize("A resized picture", size, size);
        long wide = width <= height ? size : size * width / height;
        long high = width <= height ? size * height / width : size;
        Pixels.checkSize("A resized picture", wide, high);
        return to(picture, (int) wide, (int) high);
    }

    /**
     * The picture scaled evenly until it covers {@code width} × {@code height}; the side that is longer than needed is cut to
     * whole pixels, as by {@link #shortSide}.
     */
    public static Pixels covering(Pixels picture, int width, int height) {
        Pixels.checkSize("A resized picture", width, height);
        long across = (long) width * picture.height();
        long along = (long) height * picture.width();
        long wide = across >= along ? width : along / picture.height();
        long high = across >= along ? across / picture.width() : height;
        Pixels.checkSize("A resized picture", wide, high);
        return to(picture, (int) wide, (int) high);
    }

    /** The picture scaled evenly until it just fits into {@code width} × {@code height}; the other side is rounded, at least 1. */
    public static Pixels inside(Pixels picture, int width, int height) {
        double factor = Math.min((double) width / picture.width(), (double) height / picture.height());
        int wide = (int) Math.min(width, Math.max(1, Math.round(picture.width() * factor)));
        int high = (int) Math.min(height, Math.max(1, Math.round(picture.height() * factor)));
        return to(picture, wide, high);
    }

    /** The middle of the picture; an odd difference puts the corner at half of it, rounded half to even. */
    public static Pixels centreCrop(Pixels picture, int width, int height) {
        if (width > picture.width() || height > picture.height()) {
            throw new InputException(Words.of(
                    "A centre crop of %d x %d is larger than the picture of %d x %d. Crop less or enlarge first.",
                    width, height, picture.width(), picture.height()));
        }
        int left = (int) Math.rint((picture.width() - width) / 2.0);
        int top = (int) Math.rint((picture.height() - height) / 2.0);
        return picture.crop(left, top, width, height);
    }

    /** Every pixel as a square of {@code factor} × {@code factor}: for showing small pictures as they are. */
    public static Pixels enlarge(Pixels picture, int factor) {
        if (factor < 1) {
            throw new InputException(Words.of("An enlargement is a whole factor of at least 1, got %d.", factor));
        }
        if (factor == 1) {
            return picture;
        }
        long width = (long) picture.width() * factor;
        Pixels.checkSize("An enlarged picture", width, (long) picture.height() * factor);
        int channels = picture.channels();
        int row = (int) width * channels;
        byte[] large = new byte[row * picture.height() * factor];
        int from = 0;
        for (int y = 0; y < picture.height(); y++) {
            int start = y * factor * row;
            for (int x = 0; x < picture.width(); x++, from += channels) {
                for (int k = 0; k < factor; k++) {
                    int to = start + (x * factor + k) * channels;
                    System.arraycopy(picture.data(), from, large, to, channels);
                }
            }
            for (int k = 1; k < factor; k++) {
                System.arraycopy(large, start, large, start + k * row, row);
            }
        }
        return new Pixels((int) width, picture.height() * factor, channels, large);
    }

    private static Pixels alongRows(Pixels picture, int width) {
        Taps taps = Taps.of(picture.width(), width);
        byte[] out = new byte[width * picture.height() * picture.channels()];
        if (picture.channels() == 3) {
            rowsOfThree(picture, taps, out);
        } else {
            rowsOfOne(picture, taps, out);
        }
        return new Pixels(width, picture.height(), picture.channels(), out);
    }

    private static void rowsOfThree(Pixels picture, Taps taps, byte[] out) {
        byte[] in = picture.data();
        int[] weights = taps.weights();
        int to = 0;
        for (int y = 0; y < picture.height(); y++) {
            int row = y * picture.width();
            for (int x = 0, w = 0; x < taps.first().length; x++) {
                int from = (row + taps.first()[x]) * 3;
                int red = HALF;
                int green = HALF;
                int blue = HALF;
                for (int k = 0; k < taps.length(); k++, from += 3) {
                    int weight = weights[w++];
                    red += weight * (in[from] & 255);
                    green += weight * (in[from + 1] & 255);
                    blue += weight * (in[from + 2] & 255);
                }
                out[to++] = level(red);
                out[to++] = level(green);
                out[to++] = level(blue);
            }
        }
    }

    private static void rowsOfOne(Pixels picture, Taps taps, byte[] out) {
        byte[] in = picture.data();
        int to = 0;
        for (int y = 0; y < picture.height(); y++) {
            int row = y * picture.width();
            for (int x = 0, w = 0; x < taps.first().length; x++) {
                int from = row + taps.first()[x];
                int sum = HALF;
                for (int k = 0; k < taps.length(); k++) {
                    sum += taps.weights()[w++] * (in[from + k] & 255);
                }
                out[to++] = level(sum);
            }
        }
    }

    private static Pixels alongColumns(Pixels picture, int height) {
        Taps taps = Taps.of(picture.height(), height);
        byte[] in = picture.data();
        int row = picture.width() * picture.channels();
        byte[] out = new byte[height * row];
        int[] sums = new int[row];
        for (int y = 0; y < height; y++) {
            Arrays.fill(sums, HALF);
            for (int k = 0; k < taps.length(); k++) {
                int weight = taps.weights()[y * taps.length() + k];
                int from = (taps.first()[y] + k) * row;
                // Whole rows at a time, so that the compiler can use vector instructions.
                for (int i = 0; i < row; i++) {
                    sums[i] += weight * (in[from + i] & 255);
                }
            }
            for (int i = 0; i < row; i++) {
                out[y * row + i] = level(sums[i]);
            }
        }
        return new Pixels(picture.width(), height, picture.channels(), out);
    }

    /** Rounding of the weights can leave a sum a hair outside. */
    private static byte level(int sum) {
        return (byte) Math.min(Math.max(sum >> Taps.BITS, 0), 255);
    }
}
