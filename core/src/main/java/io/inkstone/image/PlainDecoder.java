package io.inkstone.image;

import java.io.IOException;
import javax.imageio.ImageReader;
import javax.imageio.spi.ImageReaderSpi;

/** Decoding with a reader of the JDK or a plug-in, the size checked before memory is taken, then our own way to 8-bit RGB. */
final class PlainDecoder {
    private PlainDecoder() {}

    static Pixels decode(ImageReaderSpi spi, byte[] encoded, Background background) throws IOException {
        ImageReader reader = spi.createReaderInstance();
        try {
            reader.setInput(new ByteInput(encoded), true, true);
            Pixels.checkSize("a picture", reader.getWidth(0), reader.getHeight(0));
            Pixels.checkHeap("a picture", reader.getWidth(0), reader.getHeight(0));
            return Flattening.toRgb(reader.read(0), background);
        } finally {
            reader.dispose();
        }
    }
}
