package io.inkstone.image;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;

/**
 * The chunks of a PNG file in order, every length inside the file and every checksum right.
 *
 * @param png the whole file
 * @param all where the chunks lie
 */
record PngChunks(byte[] png, List<Chunk> all) {
    static final int SIGNATURE_LENGTH = 8;

    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'};
    /** Length and type before the data, checksum after it. */
    private static final int AROUND = 12;

    /**
     * @param start where the chunk begins, with its length field
     * @param length bytes of data
     */
    record Chunk(String type, int start, int length) {
        int dataStart() {
            return start + 8;
        }

        int end() {
            return start + AROUND + length;
        }
    }

    static boolean isPng(byte[] bytes) {
        return bytes.length >= SIGNATURE_LENGTH
                && Arrays.equals(bytes, 0, SIGNATURE_LENGTH, SIGNATURE, 0, SIGNATURE_LENGTH);
    }

    static PngChunks of(byte[] png) {
        if (!isPng(png)) {
            throw new InputException("a PNG picture was expected, but the first bytes are of another kind.");
        }
        ByteBuffer buffer = ByteBuffer.wrap(png);
        List<Chunk> chunks = new ArrayList<>();
        int at = SIGNATURE_LENGTH;
        while (true) {
            if (png.length - at < AROUND) {
                throw new InputException("the PNG file is cut off: its end is missing. Replace or remove it.");
            }
            int length = buffer.getInt(at);
            if (length < 0 || length > png.length - at - AROUND) {
                throw new InputException(Words.of(
                        "the PNG file is cut off or damaged: a block of %d bytes does not fit. Replace or remove it.",
                        length & 0xFFFFFFFFL));
            }
            Chunk chunk = new Chunk(new String(png, at + 4, 4, StandardCharsets.ISO_8859_1), at, length);
            if (buffer.getInt(chunk.end() - 4) != checksum(png, at + 4, length + 4)) {
                throw new InputException(Words.of(
                        "the PNG file is damaged: the checksum of its block %s is wrong. Replace or remove it.",
                        chunk.type()));
            }
            chunks.add(chunk);
            if (chunk.type().equals("IEND")) {
                return new PngChunks(png, List.copyOf(chunks));
            }
            at = chunk.end();
        }
    }

    /** The data of the first chunk of a type; empty if there is none. */
    byte[] dataOf(String type) {
        for (Chunk chunk : all) {
            if (chunk.type().equals(type)) {
                return data(chunk);
            }
        }
        return new byte[0];
    }

    byte[] data(Chunk chunk) {
        return Arrays.copyOfRange(png, chunk.dataStart(), chunk.dataStart() + chunk.length());
    }

    /** A chunk as it stands in a file. */
    static byte[] encode(String type, byte[] data) {
        ByteBuffer chunk = ByteBuffer.allocate(AROUND + data.length);
        chunk.putInt(data.length)
                .put(type.getBytes(StandardCharsets.ISO_8859_1))
                .put(data);
        chunk.putInt(checksum(chunk.array(), 4, data.length + 4));
        return chunk.array();
    }

    private static int checksum(byte[] bytes, int from, int length) {
        CRC32 crc = new CRC32();
        crc.update(bytes, from, length);
        return (int) crc.getValue();
    }
}
