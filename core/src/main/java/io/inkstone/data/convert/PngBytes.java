package io.inkstone.data.convert;

import io.inkstone.image.Pixels;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/** Encodes pictures as PNG in memory. */
final class PngBytes {
    private PngBytes() {}

    static byte[] of(Pixels pixels) throws IOException {
        boolean grey = pixels.channels() == 1;
        BufferedImage image = new BufferedImage(
                pixels.width(), pixels.height(), grey ? BufferedImage.TYPE_BYTE_GRAY : BufferedImage.TYPE_3BYTE_BGR);
        byte[] data = pixels.data();
        int[] samples = new int[data.length];
        for (int i = 0; i < data.length; i++) {
            samples[i] = data[i] & 0xFF;
        }
        image.getRaster().setPixels(0, 0, pixels.width(), pixels.height(), samples);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, "png", out);
        return out.toByteArray();
    }
}
