package io.inkstone.image;

import com.luciad.imageio.webp.WebPImageReaderSpi;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import javax.imageio.spi.ImageReaderSpi;

/**
 * WebP to 8-bit RGB by libwebp: lossy, lossless, with alpha, and the first frame of animations, which is taken out and decoded
 * as a file of its own. Its native code is unpacked when the first WebP picture is read.
 */
final class WebpDecoder {
    private static final ImageReaderSpi SPI = new WebPImageReaderSpi();
    private static final int HEADER = 12;
    /** In front of the data of a frame: place, size, duration and flags. */
    private static final int FRAME_HEADER = 16;

    private WebpDecoder() {}

    /** A chunk of the container: four letters, length, data, one byte more if the length is odd. */
    private record Chunk(String type, int start, int length) {
        int end() {
            return start + 8 + length + (length & 1);
        }
    }

    static Pixels decode(byte[] encoded, Background background) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(encoded).order(ByteOrder.LITTLE_ENDIAN);
        if (encoded.length < HEADER + 8 || (file.getInt(4) & 0xFFFFFFFFL) > encoded.length - 8L) {
            throw new IOException("the file is cut off");
        }
        Optional<Chunk> frame = find(file, HEADER, encoded.length, "ANMF");
        Pixels shown = frame.isPresent()
                ? first(file, frame.get(), background)
                : PlainDecoder.decode(SPI, encoded, background);
        Optional<Chunk> exif = find(file, HEADER, encoded.length, "EXIF");
        return exif.isPresent() ? Exif.orientation(data(file, exif.get())).apply(shown) : shown;
    }

    private static Pixels still(byte[] encoded, Background background) throws IOException {
        try {
            return PlainDecoder.decode(SPI, encoded, background);
        } catch (LinkageError noLibrary) {
            throw new InputException(
                    Words.of(
                            "it is a WebP picture, and libwebp cannot be loaded on this machine (%s). Convert it to PNG.",
                            noLibrary.getMessage()),
                    noLibrary);
        }
    }

    private static Optional<Chunk> find(ByteBuffer file, int from, int end, String type) throws IOException {
        int at = from;
        while (at + 8 <= end) {
            Chunk chunk = chunk(file, at, end);
            if (chunk.type().equals(type)) {
                return Optional.of(chunk);
            }
            at = chunk.end();
        }
        return Optional.empty();
    }

    private static Chunk chunk(ByteBuffer file, int at, int end) throws IOException {
        byte[] letters = new byte[4];
        file.get(at, letters);
        int length = file.getInt(at + 4);
        if (length < 0 || length > end - at - 8) {
            throw new IOException("the file is cut off");
        }
        return new Chunk(new String(letters, StandardCharsets.ISO_8859_1), at, length);
    }

    private static byte[] data(ByteBuffer file, Chunk chunk) {
        byte[] data = new byte[chunk.length()];
        file.get(chunk.start() + 8, data);
        return data;
    }

    /** The first frame at its place on the canvas; what it leaves free is transparent. */
    private static Pixels first(ByteBuffer file, Chunk frame, Background background) throws IOException {
        Optional<Chunk> canvas = find(file, HEADER, file.capacity(), "VP8X");
        if (canvas.isEmpty() || canvas.get().length() < 10 || frame.length() < FRAME_HEADER) {
            throw new IOException("the header of the animation is damaged");
        }
        int width = three(file, canvas.get().start() + 12) + 1;
        int height = three(file, canvas.get().start() + 15) + 1;
        Pixels.checkSize("a picture", width, height);
        Pixels.checkHeap("a picture", width, height);
        int left = 2 * three(file, frame.start() + 8);
        int top = 2 * three(file, frame.start() + 11);
        Pixels decoded = still(alone(file, frame), background);
        return background.around(decoded, left, top, width, height);
    }

    /** The frame as a file: the header of extended files says whether there is alpha, then come the frame's own chunks. */
    private static byte[] alone(ByteBuffer file, Chunk frame) throws IOException {
        int from = frame.start() + 8 + FRAME_HEADER;
        int length = frame.length() - FRAME_HEADER;
        boolean alpha = length >= 8 && !chunk(file, from, from + length).type().equals("VP8 ");
        ByteBuffer one =
                ByteBuffer.allocate(HEADER + 18 + length + (length & 1)).order(ByteOrder.LITTLE_ENDIAN);
        one.put("RIFF".getBytes(StandardCharsets.ISO_8859_1)).putInt(one.capacity() - 8);
        one.put("WEBPVP8X".getBytes(StandardCharsets.ISO_8859_1)).putInt(10).putInt(alpha ? 0x10 : 0);
        for (int i = 0; i < 6; i++) {
            one.put(file.get(frame.start() + 14 + i)); // width - 1 and height - 1
        }
        return one.put(one.position(), file, from, length).array();
    }

    private static int three(ByteBuffer file, int at) {
        return file.get(at) & 255 | (file.get(at + 1) & 255) << 8 | (file.get(at + 2) & 255) << 16;
    }
}
