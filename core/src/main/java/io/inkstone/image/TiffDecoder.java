package io.inkstone.image;

import com.twelvemonkeys.imageio.plugins.tiff.TIFFImageReaderSpi;
import java.io.IOException;
import javax.imageio.spi.ImageReaderSpi;

/** TIFF to 8-bit RGB: the first page, in the packings and kinds of colour that cameras, scanners and Pillow write. */
final class TiffDecoder {
    private static final ImageReaderSpi SPI = new TIFFImageReaderSpi();

    private TiffDecoder() {}

    static Pixels decode(byte[] encoded, Background background) throws IOException {
        return Exif.orientation(encoded).apply(PlainDecoder.decode(SPI, encoded, background));
    }
}
