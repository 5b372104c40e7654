package io.inkstone.image;

import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.io.IOException;
import java.util.Optional;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.spi.ImageReaderSpi;

/**
 * JPEG to 8-bit RGB. The JDK's libjpeg delivers the stored components untouched; colour is converted here, so that
 * profiles do not shift it and CMYK works. One reader per thread is kept: making one costs as much as a small picture.
 */
final class JpegDecoder {
    private static final ThreadLocal<JpegDecoder> OF_THREAD = ThreadLocal.withInitial(JpegDecoder::new);

    private final ImageReader reader;
    private String damage;

    private JpegDecoder() {
        try {
            reader = JdkCodecs.JPEG_READER.createReaderInstance();
        } catch (IOException e) {
            throw new IllegalStateException("The JPEG reader of this Java cannot be made.", e);
        }
        reader.addIIOReadWarningListener((IIOReadWarningListener) (source, warning) -> note(warning));
    }

    static Pixels decode(byte[] encoded) throws IOException {
        JpegHeader header = JpegHeader.of(encoded);
        Pixels.checkSize("a picture", header.width(), header.height());
        Pixels.checkHeap("a picture", header.width(), header.height());
        Pixels stored;
        try {
            stored = OF_THREAD.get().read(encoded, header);
        } catch (DamagedException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            OF_THREAD.get().reader.dispose();
            OF_THREAD.remove();
            stored = otherwise(encoded, e);
        }
        return header.orientation().apply(stored);
    }

    private Pixels read(byte[] encoded, JpegHeader header) throws IOException {
        damage = null;
        try {
            reader.setInput(new ByteInput(encoded), true, true);
            Raster raster = reader.readRaster(0, null);
            if (damage != null) {
                throw new DamagedException(damage);
            }
            return toRgb(raster, header);
        } finally {
            reader.setInput(null);
        }
    }

    /** libjpeg fills what is missing with grey and only warns; a data set must not learn from that. */
    private void note(String warning) {
        if (warning.contains("Premature end") || warning.contains("premature end")) {
            damage = "the file is cut off";
        } else if (warning.contains("bad Huffman code")) {
            damage = "the data is damaged: " + warning;
        }
    }

    private static Pixels otherwise(byte[] encoded, Exception refusal) throws IOException {
        Optional<ImageReaderSpi> other = JdkCodecs.otherJpegReader();
        if (other.isPresent()) {
            try {
                return PlainDecoder.decode(other.get(), encoded, Background.WHITE);
            } catch (IOException | RuntimeException e) {
                refusal.addSuppressed(e);
            }
        }
        throw new IOException(refusal.getMessage(), refusal);
    }

    private static Pixels toRgb(Raster raster, JpegHeader header) throws IOException {
        int width = raster.getWidth();
        int height = raster.getHeight();
        int bands = raster.getNumBands();
        byte[] samples = ((DataBufferByte) raster.getDataBuffer()).getData();
        boolean asExpected = bands == header.components()
                && width == header.width()
                && height == header.height()
                && samples.length == width * height * bands;
        if (!asExpected) {
            throw new IOException("the decoder delivers " + raster);
        }
        if (bands == 1) {
            return new Pixels(width, height, 1, samples).toRgb();
        }
        if (header.lumaChroma()) {
            LumaChroma.toRgbInPlace(samples, bands);
        }
        return switch (bands) {
            case 3 -> new Pixels(width, height, 3, samples);
            case 4 -> new Pixels(width, height, 3, inks(samples, header));
            default -> throw new IOException(bands + " components");
        };
    }

    /** Four inks to light: what paper, ink and black each let through, multiplied. */
    private static byte[] inks(byte[] cmyk, JpegHeader header) {
        byte[] rgb = new byte[cmyk.length / 4 * 3];
        // Adobe stores how much is let through instead of how much ink there is; so does Y, Cb, Cr before conversion.
        int flipInk = header.adobe() == header.lumaChroma() ? 255 : 0;
        int flipBlack = header.adobe() ? 0 : 255;
        for (int from = 0, to = 0; from < cmyk.length; from += 4) {
            int light = cmyk[from + 3] & 255 ^ flipBlack;
            for (int c = 0; c < 3; c++) {
                rgb[to++] = (byte) (((cmyk[from + c] & 255 ^ flipInk) * light + 127) / 255);
            }
        }
        return rgb;
    }

    private static final class DamagedException extends IOException {
        DamagedException(String message) {
            super(message);
        }
    }
}
