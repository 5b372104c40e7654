package io.inkstone.run.part;

import io.inkstone.InputException;
import io.inkstone.InterruptedWorkException;
import io.inkstone.Words;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.checkpoint.DiskSpace;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Codes of one size by their number, each made once: in memory where all fit, else in a file that serves later sessions too. */
public final class CodeCache implements AutoCloseable {
    /** Codes of this many bytes stay in memory unless told otherwise: 512 MB. */
    public static final long MEMORY = 512L << 20;

    private static final int CHUNK = 256;

    private final int size;
    private final float[] memory;
    private final FileChannel file;

    /** Makes codes. */
    @FunctionalInterface
    interface Encoder {
        /** Those numbered {@code from} (inclusive) to {@code to}, one after another. */
        float[] codes(int from, int to);
    }

    private CodeCache(int size, float[] memory, FileChannel file) {
        this.size = size;
        this.memory = memory;
        this.file = file;
    }

    /**
     * Makes all codes, or finds them.
     *
     * @param count of codes
     * @param size values of each
     * @param file where they go if they take more than {@code memoryBytes}; its name tells whose codes they are
     */
    static CodeCache of(int count, int size, Path file, long memoryBytes, Encoder encoder) {
        long bytes = 4L * count * size;
        if (bytes <= memoryBytes) {
            float[] all = new float[count * size];
            each(count, encoder, (from, codes) -> System.arraycopy(codes, 0, all, from * size, codes.length));
            return new CodeCache(size, all, null);
        }
        try {
            if (!Files.isRegularFile(file) || Files.size(file) != bytes) {
                write(file, count, size, encoder);
            }
            return new CodeCache(size, null, FileChannel.open(file, StandardOpenOption.READ));
        } catch (IOException failure) {
            throw unreadable(file.toString(), failure);
        }
    }

    private interface Sink {
        void put(int from, float[] codes) throws IOException;
    }

    private static void each(int count, Encoder encoder, Sink sink) {
        for (int from = 0; from < count; from += CHUNK) {
            try {
                sink.put(from, encoder.codes(from, Math.min(count, from + CHUNK)));
            } catch (IOException failure) {
                InterruptedWorkException.check(); // an interruption closes files
                throw unreadable("The codes", failure);
            }
        }
    }

    private static void write(Path file, int count, int size, Encoder encoder) throws IOException {
        DiskSpace.require(file.getParent(), 4L * count * size, "The codes of the pictures need");
        Path temporary = file.resolveSibling("." + file.getFileName() + ".tmp");
        try (FileChannel out = FileChannel.open(
                temporary, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
            each(count, encoder, (from, codes) -> {
                ByteBuffer bytes = ByteBuffer.allocate(4 * codes.length).order(ByteOrder.LITTLE_ENDIAN);
                bytes.asFloatBuffer().put(codes);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            });
            out.force(true);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    /** Copies code {@code number} into {@code target} from {@code offset} on. */
    void copy(int number, float[] target, int offset) {
        if (memory != null) {
            System.arraycopy(memory, number * size, target, offset, size);
            return;
        }
        try {
            ByteBuffer bytes = ByteBuffer.allocate(4 * size).order(ByteOrder.LITTLE_ENDIAN);
            long place = 4L * number * size;
            while (bytes.hasRemaining()) {
                if (file.read(bytes, place + bytes.position()) < 0) {
                    throw new IOException("it ends too early");
                }
            }
            bytes.flip().asFloatBuffer().get(target, offset, size);
        } catch (IOException failure) {
            throw unreadable("The file of codes", failure);
        }
    }

    private static InputException unreadable(String what, IOException failure) {
        return new InputException(
                Words.of("%s cannot be read or written: %s", what, RunDirectory.reason(failure)), failure);
    }

    @Override
    public void close() {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException onlyRead) {
            // Nothing is lost.
        }
    }
}
