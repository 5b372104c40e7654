package io.inkstone.image;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.spi.ImageWriterSpi;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Pictures to the bytes of a file. */
final class PictureEncoder {
    private static final float JPEG_QUALITY = 0.95f;

    private PictureEncoder() {}

    /** 8-bit grey or RGB, without loss. */
    static byte[] png(Pixels picture) {
        return encode(JdkCodecs.PNG_WRITER, picture, false);
    }

    /** Baseline JPEG of quality 95 %. */
    static byte[] jpeg(Pixels picture) {
        return encode(JdkCodecs.JPEG_WRITER, picture, true);
    }

    private static byte[] encode(ImageWriterSpi spi, Pixels picture, boolean setQuality) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriter writer = spi.createWriterInstance();
            try {
                ImageWriteParam param = writer.getDefaultWriteParam();
                if (setQuality) {
                    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
                    param.setCompressionQuality(JPEG_QUALITY);
                }
                writer.setOutput(out);
                writer.write(null, new IIOImage(image(picture), null, null), param);
            } finally {
                writer.dispose();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("A picture cannot be encoded in memory.", e);
        }
        return bytes.toByteArray();
    }

    /** A view of the same bytes. */
    static BufferedImage image(Pixels picture) {
        int channels = picture.channels();
        int[] order = channels == 1 ? new int[] {0} : new int[] {0, 1, 2};
        DataBufferByte data = new DataBufferByte(picture.data(), picture.data().length);
        WritableRaster raster = Raster.createInterleavedRaster(
                data, picture.width(), picture.height(), picture.width() * channels, channels, order, null);
        int space = channels == 1 ? ColorSpace.CS_GRAY : ColorSpace.CS_sRGB;
        ComponentColorModel model = new ComponentColorModel(
                ColorSpace.getInstance(space), false, false, ComponentColorModel.OPAQUE, DataBuffer.TYPE_BYTE);
        return new BufferedImage(model, raster, false, null);
    }
}
