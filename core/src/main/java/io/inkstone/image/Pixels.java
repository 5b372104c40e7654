package io.inkstone.image;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.Arrays;

/**
 * An 8-bit picture in memory. The array is not copied, neither on the way in nor out: do not write to it after it was
 * handed over.
 *
 * @param width columns, at least 1
 * @param height rows, at least 1
 * @param channels 1 (grey) or 3 (red, green, blue), both in sRGB
 * @param data {@code height · width · channels} bytes, [H, W, C], row after row, each 0..255 unsigned
 */
public record Pixels(int width, int height, int channels, byte[] data) {
    /** The largest picture that is read or made. */
    public static final long MOST_PIXELS = 100_000_000L;

    /** The longest side of a picture that is read or made. */
    public static final int MOST_SIDE = 65_535;

    public Pixels {
        checkSize("A picture", width, height);
        if (channels != 1 && channels != 3) {
            throw new InputException(Words.of("A picture has 1 or 3 channels, got %d.", channels));
        }
        if (data.length != width * height * channels) {
            throw new InputException(Words.of(
                    "A picture [%d, %d, %d] needs %d bytes, got %d.",
                    height, width, channels, width * height * channels, data.length));
        }
    }

    /** A picture in one colour, {@code 0xRRGGBB}. */
    public static Pixels filled(int width, int height, int colour) {
        checkSize("A picture", width, height);
        byte[] data = new byte[width * height * 3];
        for (int i = 0; i < data.length; i += 3) {
            data[i] = (byte) (colour >> 16);
            data[i + 1] = (byte) (colour >> 8);
            data[i + 2] = (byte) colour;
        }
        return new Pixels(width, height, 3, data);
    }

    /** Refuses sizes that would take too much memory; called before memory is taken. */
    static void checkSize(String what, long width, long height) {
        if (width < 1 || height < 1) {
            throw new InputException(
                    Words.of("%s is at least 1 pixel wide and high, got %d x %d.", what, width, height));
        }
        if (width > MOST_SIDE || height > MOST_SIDE || width * height > MOST_PIXELS) {
            throw new InputException(Words.of(
                    "%s of %d x %d pixels is larger than the limits of %d million pixels and %d a side. Shrink it first.",
                    what, width, height, MOST_PIXELS / 1_000_000, MOST_SIDE));
        }
    }

    /** Refuses what this Java's heap cannot hold while it is decoded: a 16-bit raster and the RGB copy, 11 bytes a pixel. */
    static void checkHeap(String what, long width, long height) {
        long need = 11 * width * height;
        long most = Runtime.getRuntime().maxMemory() / 4 * 3;
        if (need > most) {
            throw new InputException(Words.of(
                    "%s of %d x %d pixels needs up to %d MB to decode; this Java's heap leaves %d MB for it. Shrink it first, or give Java a larger heap (-Xmx).",
                    what, width, height, need >> 20, most >> 20));
        }
    }

    /** One value, 0..255. */
    public int at(int x, int y, int channel) {
        return data[(y * width + x) * channels + channel] & 255;
    }

    /** The picture in three channels; grey is repeated. */
    public Pixels toRgb() {
        if (channels == 3) {
            return this;
        }
        byte[] rgb = new byte[data.length * 3];
        for (int i = 0, o = 0; i < data.length; i++) {
            rgb[o++] = data[i];
            rgb[o++] = data[i];
            rgb[o++] = data[i];
        }
        return new Pixels(width, height, 3, rgb);
    }

    /** The picture in one channel: luma of ITU-R BT.601, 0.299 R + 0.587 G + 0.114 B, rounded. */
    public Pixels toGrey() {
        if (channels == 1) {
            return this;
        }
        byte[] grey = new byte[width * height];
        for (int i = 0, o = 0; o < grey.length; i += 3) {
            int luma = 19595 * (data[i] & 255) + 38470 * (data[i + 1] & 255) + 7471 * (data[i + 2] & 255);
            grey[o++] = (byte) ((luma + 32768) >> 16);
        }
        return new Pixels(width, height, 1, grey);
    }

    /** The picture in 1 or 3 channels. */
    public Pixels withChannels(int wanted) {
        return switch (wanted) {
            case 1 -> toGrey();
            case 3 -> toRgb();
            default -> throw new InputException(Words.of("A picture has 1 or 3 channels, got %d.", wanted));
        };
    }

    /** Left and right exchanged. */
    public Pixels mirrored() {
        byte[] mirror = new byte[data.length];
        int row = width * channels;
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                System.arraycopy(data, y * row + x * channels, mirror, (y + 1) * row - (x + 1) * channels, channels);
            }
        }
        return new Pixels(width, height, channels, mirror);
    }

    /** The part whose upper left corner is ({@code left}, {@code top}); it must lie inside. */
    public Pixels crop(int left, int top, int cropWidth, int cropHeight) {
        boolean inside = left >= 0
                && top >= 0
                && cropWidth >= 1
                && cropHeight >= 1
                && cropWidth <= width - left
                && cropHeight <= height - top;
        if (!inside) {
            throw new InputException(Words.of(
                    "A crop of %d x %d at (%d, %d) does not lie inside a picture of %d x %d. Choose a smaller crop.",
                    cropWidth, cropHeight, left, top, width, height));
        }
        if (cropWidth == width && cropHeight == height) {
            return this;
        }
        int row = cropWidth * channels;
        byte[] part = new byte[cropHeight * row];
        for (int y = 0; y < cropHeight; y++) {
            System.arraycopy(data, ((top + y) * width + left) * channels, part, y * row, row);
        }
        return new Pixels(cropWidth, cropHeight, channels, part);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Pixels that
                && width == that.width
                && height == that.height
                && channels == that.channels
                && Arrays.equals(data, that.data);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * (31 * width + height) + channels) + Arrays.hashCode(data);
    }

    @Override
    public String toString() {
        return Words.of("Pixels[%d x %d, %d channels]", width, height, channels);
    }
}
