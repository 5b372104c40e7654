package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.FileStart;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * One file of unsigned bytes in LeCun's IDX layout, plain or gzip: 0, 0, 8, the number of dimensions, their sizes as
 * big-endian 32-bit integers, the bytes.
 *
 * @param dims sizes, outermost first
 * @param data their product of bytes
 */
record IdxFile(int[] dims, ByteBuffer data) {
    private static final int UNSIGNED_BYTES = 8;
    private static final int MOST_SIDE = 1 << 14;

    /** Reads a file that must have {@code dimensions} dimensions: 3 for pictures, 1 for labels. */
    static IdxFile read(Path file, int dimensions) throws IOException {
        try (InputStream raw = Files.newInputStream(file)) {
            return read(raw, file.toString(), dimensions);
        } catch (ZipException e) {
            throw new InputException(
                    Words.of(
                            "%s is not an intact gzip file (%s); it is %s. Fetch it again.",
                            file, e.getMessage(), seen(file)),
                    e);
        }
    }

    /** Reads a stream, unpacking it if {@code name} ends in .gz. */
    static IdxFile read(InputStream raw, String name, int dimensions) throws IOException {
        try {
            InputStream in = name.endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
            return parse(new BufferedInputStream(in, 1 << 16), name, dimensions);
        } catch (EOFException e) {
            throw new InputException(name + " is cut short in the middle of its gzip stream. Fetch it again.", e);
        }
    }

    private static IdxFile parse(InputStream in, String file, int dimensions) throws IOException {
        byte[] head = in.readNBytes(4 + 4 * dimensions);
        byte[] magic = {0, 0, UNSIGNED_BYTES, (byte) dimensions};
        if (head.length < 4 || !Arrays.equals(head, 0, 4, magic, 0, 4)) {
            throw new InputException(Words.of(
                    "%s is not an IDX file of %s: it should begin with the bytes %s, but begins with %s.",
                    file,
                    dimensions == 1 ? "labels" : "pictures",
                    Arrays.toString(magic),
                    Arrays.toString(Arrays.copyOf(head, Math.min(4, head.length)))));
        }
        if (head.length < 4 + 4 * dimensions) {
            throw new InputException(file + " is cut short inside its header. Fetch it again.");
        }
        int[] dims = new int[dimensions];
        ByteBuffer.wrap(head, 4, 4 * dimensions).asIntBuffer().get(dims);
        long bytes = product(file, dims);
        byte[] data = in.readNBytes((int) bytes); // grows as bytes arrive, so a false claim takes no memory
        if (data.length < bytes || in.read() >= 0) {
            throw new InputException(Words.of(
                    "%s claims %s, which is %d bytes, but holds %s. Fetch it again.",
                    file, Arrays.toString(dims), bytes, data.length < bytes ? data.length : "more"));
        }
        return new IdxFile(dims, ByteBuffer.wrap(data));
    }

    private static long product(String file, int[] dims) {
        long bytes = 1;
        for (int k = 0; k < dims.length; k++) {
            boolean sane = dims[k] > 0 && (k == 0 || dims[k] <= MOST_SIDE);
            bytes = sane ? bytes * dims[k] : Long.MAX_VALUE;
            if (!sane || bytes > Integer.MAX_VALUE - 16) {
                throw new InputException(Words.of(
                        "%s claims the sizes %s, which cannot be right. Fetch it again.", file, Arrays.toString(dims)));
            }
        }
        return bytes;
    }

    private static String seen(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return FileStart.describe(in.readNBytes(FileStart.LENGTH));
        }
    }
}
