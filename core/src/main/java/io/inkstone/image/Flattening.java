package io.inkstone.image;

import io.inkstone.Words;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;

/**
 * Whatever a reader delivers, as 8-bit RGB over a background. {@code BufferedImage.getRGB} is not used for grey pictures: it
 * takes their values as linear light and would make 188 of 128.
 */
final class Flattening {
    private Flattening() {}

    static Pixels toRgb(BufferedImage image, Background background) throws IOException {
        byte[] rgb = new byte[image.getWidth() * image.getHeight() * 3];
        ColorModel model = image.getColorModel();
        requireFewBits(model);
        if (model instanceof IndexColorModel palette) {
            fromPalette(image.getRaster(), palette, background, rgb);
        } else if (model instanceof ComponentColorModel && !model.isAlphaPremultiplied() && isGreyOrRgb(model)) {
            fromSamples(image.getRaster(), model, background, rgb);
        } else if (model.getColorSpace().getType() == ColorSpace.TYPE_CMYK && model.getComponentSize(0) == 8) {
            fromInks(image.getRaster(), rgb);
        } else {
            fromPacked(image, background, rgb);
        }
        return new Pixels(image.getWidth(), image.getHeight(), 3, rgb);
    }

    private static boolean isGreyOrRgb(ColorModel model) {
        int type = model.getColorSpace().getType();
        int bits = model.getComponentSize(0);
        return (type == ColorSpace.TYPE_GRAY || type == ColorSpace.TYPE_RGB) && (bits == 8 || bits == 16);
    }

    private static void fromPalette(Raster raster, IndexColorModel palette, Background background, byte[] rgb) {
        int[] colours = new int[palette.getMapSize()];
        palette.getRGBs(colours);
        int width = raster.getWidth();
        int[] row = new int[width];
        for (int y = 0, to = 0; y < raster.getHeight(); y++) {
            raster.getSamples(0, y, width, 1, 0, row);
            for (int index : row) {
                // Damaged files point past the palette; black, as other readers draw it.
                put(index < colours.length ? colours[index] : 0xff000000, background, rgb, to);
                to += 3;
            }
        }
    }

    private static void fromSamples(Raster raster, ColorModel model, Background background, byte[] rgb) {
        int bands = raster.getNumBands();
        boolean wide = model.getComponentSize(0) == 16;
        int green = bands < 3 ? 0 : 1;
        int blue = bands < 3 ? 0 : 2;
        int alpha = model.hasAlpha() ? bands - 1 : -1;
        int width = raster.getWidth();
        int[] row = new int[width * bands];
        for (int y = 0, to = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, width, 1, row);
            for (int at = 0; at < row.length; at += bands, to += 3) {
                int opacity = alpha < 0 ? 255 : eight(row[at + alpha], wide);
                rgb[to] = background.under(eight(row[at], wide), opacity, 0);
                rgb[to + 1] = background.under(eight(row[at + green], wide), opacity, 1);
                rgb[to + 2] = background.under(eight(row[at + blue], wide), opacity, 2);
            }
        }
    }

    private static void fromPacked(BufferedImage image, Background background, byte[] rgb) {
        int width = image.getWidth();
        int[] row = new int[width];
        for (int y = 0, to = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int argb : row) {
                put(argb, background, rgb, to);
                to += 3;
            }
        }
    }

    private static int eight(int sample, boolean wide) {
        return wide ? (sample * 255 + 32767) / 65535 : sample;
    }

    private static void put(int argb, Background background, byte[] rgb, int to) {
        int opacity = argb >>> 24;
        rgb[to] = background.under(argb >> 16 & 255, opacity, 0);
        rgb[to + 1] = background.under(argb >> 8 & 255, opacity, 1);
        rgb[to + 2] = background.under(argb & 255, opacity, 2);
    }

    /** What paper, ink and black each let through, multiplied. */
    private static void fromInks(Raster raster, byte[] rgb) {
        int bands = raster.getNumBands();
        int[] row = new int[raster.getWidth() * bands];
        for (int y = 0, to = 0; y < raster.getHeight(); y++) {
            raster.getPixels(0, y, raster.getWidth(), 1, row);
            for (int at = 0; at < row.length; at += bands) {
                for (int c = 0; c < 3; c++) {
                    rgb[to++] = (byte) (((255 - row[at + c]) * (255 - row[at + 3]) + 127) / 255);
                }
            }
        }
    }

    /** Nothing says which range the samples of 32 bits have: 0..1, 0..255 and 0..65535 are all in use. */
    private static void requireFewBits(ColorModel model) throws IOException {
        if (!(model instanceof IndexColorModel) && model.getComponentSize(0) > 16) {
            throw new IOException(Words.of(
                    "its samples have %d bits, and nothing says what is white; convert it to 8 or 16 bits",
                    model.getComponentSize(0)));
        }
    }
}
