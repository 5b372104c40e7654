package io.inkstone.image;

import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.Deflater;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Encoded pictures of kinds that our own writer does not make. */
final class OddPictures {
    static final int GREY = 0;
    static final int RGB = 2;
    static final int PALETTE = 3;
    static final int GREY_ALPHA = 4;
    static final int RGBA = 6;

    private OddPictures() {}

    /**
     * A PNG of one row.
     *
     * @param packed the row as PNG stores it, without the filter byte
     * @param extra whole chunks before the data: PLTE, tRNS, eXIf
     */
    static byte[] png(int width, int bits, int colourType, byte[] packed, byte[]... extra) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'});
        ByteBuffer header = ByteBuffer.allocate(13).putInt(width).putInt(1);
        header.put((byte) bits).put((byte) colourType);
        out.writeBytes(PngChunks.encode("IHDR", header.array()));
        for (byte[] chunk : extra) {
            out.writeBytes(chunk);
        }
        byte[] filtered = new byte[packed.length + 1];
        System.arraycopy(packed, 0, filtered, 1, packed.length);
        Deflater deflater = new Deflater();
        deflater.setInput(filtered);
        deflater.finish();
        byte[] deflated = new byte[filtered.length + 100];
        int length = deflater.deflate(deflated);
        deflater.end();
        out.writeBytes(PngChunks.encode("IDAT", Arrays.copyOf(deflated, length)));
        out.writeBytes(PngChunks.encode("IEND", new byte[0]));
        return out.toByteArray();
    }

    /** A 16 × 16 JPEG of four components of one value each, without any marker that explains them. */
    static byte[] fourComponents(int... values) throws IOException {
        WritableRaster raster = Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, null);
        for (int band = 0; band < 4; band++) {
            int[] samples = new int[256];
            Arrays.fill(samples, values[band]);
            raster.setSamples(0, 0, 16, 16, band, samples);
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = JdkCodecs.JPEG_WRITER.createWriterInstance();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(raster, null, null), null);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    /** The JPEG with an Adobe segment after its start. */
    static byte[] withAdobe(byte[] jpeg, int transform) {
        byte[] segment = "xxxxAdobe\0\144\0\0\0\0\0".getBytes(StandardCharsets.ISO_8859_1);
        segment[segment.length - 1] = (byte) transform;
        return inserted(jpeg, 0xEE, segment);
    }

    static byte[] withExif(byte[] jpeg, byte[] tiff) {
        byte[] segment = Arrays.copyOf("xxxxExif\0\0".getBytes(StandardCharsets.ISO_8859_1), 10 + tiff.length);
        System.arraycopy(tiff, 0, segment, 10, tiff.length);
        return inserted(jpeg, 0xE1, segment);
    }

    private static byte[] inserted(byte[] jpeg, int marker, byte[] segment) {
        ByteBuffer.wrap(segment).putShort((short) (0xFF00 | marker)).putShort((short) (segment.length - 2));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(jpeg, 0, 2);
        out.writeBytes(segment);
        out.write(jpeg, 2, jpeg.length - 2);
        return out.toByteArray();
    }

    /** A JPEG in several passes, each sharper. */
    static byte[] progressive(int width, int height) throws IOException {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        image.setRGB(width / 2, height / 2, 0xFFFFFF);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageWriter writer = JdkCodecs.JPEG_WRITER.createWriterInstance();
        try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            ImageWriteParam param = writer.getDefaultWriteParam();
            param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), param);
        } finally {
            writer.dispose();
        }
        return bytes.toByteArray();
    }

    static byte[] encoded(BufferedImage image, String format) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (!ImageIO.write(image, format, out)) {
            throw new IOException("no writer for " + format);
        }
        return out.toByteArray();
    }

    /** Where a marker segment of a JPEG begins. */
    static int find(byte[] jpeg, int marker) {
        for (int i = 0; i < jpeg.length - 1; i++) {
            if ((jpeg[i] & 255) == 0xFF && (jpeg[i + 1] & 255) == marker) {
                return i;
            }
        }
        throw new AssertionError("no marker " + marker);
    }
}
