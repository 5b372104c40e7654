package io.inkstone.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.ComponentColorModel;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;

/**
 * Decoding with a reader of the JDK, then our own way to 8-bit RGB. {@code BufferedImage.getRGB} is not used for grey
 * pictures: it takes their values as linear light and would make 188 of 128.
 */
enum PlainDecoder {
    PNG(JdkCodecs.PNG_READER),
    GIF(JdkCodecs.GIF_READER),
    BMP(JdkCodecs.BMP_READER);

    private final ImageReaderSpi spi;

    PlainDecoder(ImageReaderSpi spi) {
        this.spi = spi;
    }

    Pixels decode(byte[] encoded) throws IOException {
        return decode(spi, encoded);
    }

    static Pixels decode(ImageReaderSpi spi, byte[] encoded) throws IOException {
        ImageReader reader = spi.createReaderInstance();
        try {
            reader.setInput(new ByteInput(encoded), true, true);
            Pixels.checkSize("a picture", reader.getWidth(0), reader.getHeight(0));
            Pixels.checkHeap("a picture", reader.getWidth(0), reader.getHeight(0));
            return toRgb(reader.read(0));
        } finally {
            reader.dispose();
        }
    }

    private static Pixels toRgb(BufferedImage image) {
        byte[] rgb = new byte[image.getWidth() * image.getHeight() * 3];
        ColorModel model = image.getColorModel();
        if (model instanceof IndexColorModel palette) {
            fromPalette(image.getRaster(), palette, rgb);
        } else if (model instanceof ComponentColorModel && !model.isAlphaPremultiplied() && isGreyOrRgb(model)) {
            fromSamples(image.getRaster(), model, rgb);
        } else {
            fromPacked(image, rgb);
        }
        return new Pixels(image.getWidth(), image.getHeight(), 3, rgb);
    }

    private static boolean isGreyOrRgb(ColorModel model) {
        int type = model.getColorSpace().getType();
        int bits = model.getComponentSize(0);
        return (type == ColorSpace.TYPE_GRAY || type == ColorSpace.TYPE_RGB) && (bits == 8 || bits == 16);
    }

    private static void fromPalette(Raster raster, IndexColorModel palette, byte[] rgb) {
        int[] colours = new int[palette.getMapSize()];
        palette.getRGBs(colours);
        int width = raster.getWidth();
        int[] row = new int[width];
        for (int y = 0, to = 0; y < raster.getHeight(); y++) {
            raster.getSamples(0, y, width, 1, 0, row);
            for (int index : row) {
                // Damaged files point past the palette; black, as other readers draw it.
                putOverWhite(index < colours.length ? colours[index] : 0xff000000, rgb, to);
                to += 3;
            }
        }
    }

    private static void fromSamples(Raster raster, ColorModel model, byte[] rgb) {
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
                rgb[to] = overWhite(eight(row[at], wide), opacity);
                rgb[to + 1] = overWhite(eight(row[at + green], wide), opacity);
                rgb[to + 2] = overWhite(eight(row[at + blue], wide), opacity);
            }
        }
    }

    private static void fromPacked(BufferedImage image, byte[] rgb) {
        int width = image.getWidth();
        int[] row = new int[width];
        for (int y = 0, to = 0; y < image.getHeight(); y++) {
            image.getRGB(0, y, width, 1, row, 0, width);
            for (int argb : row) {
                putOverWhite(argb, rgb, to);
                to += 3;
            }
        }
    }

    private static int eight(int sample, boolean wide) {
        return wide ? (sample * 255 + 32767) / 65535 : sample;
    }

    private static void putOverWhite(int argb, byte[] rgb, int to) {
        int opacity = argb >>> 24;
        rgb[to] = overWhite(argb >> 16 & 255, opacity);
        rgb[to + 1] = overWhite(argb >> 8 & 255, opacity);
        rgb[to + 2] = overWhite(argb & 255, opacity);
    }

    private static byte overWhite(int level, int opacity) {
        return (byte) ((level * opacity + 255 * (255 - opacity) + 127) / 255);
    }
}
