package io.inkstone.run.part;

import io.inkstone.InputException;
import io.inkstone.InterruptedWorkException;
import io.inkstone.Words;
import io.inkstone.run.RunDirectory;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.StandardOpenOption;

/** Codes of one size by their number, each made once: in a file that serves later sessions too, read into memory where all fit. */
public final class CodeCache implements AutoCloseable {
    /** Codes of this many bytes are read into memory unless told otherwise: 512 MB. */
    public static final long MEMORY = 512L << 20;

    private final int size;
    private final float[] memory;
    private final FileChannel file;

    private CodeCache(int size, float[] memory, FileChannel file) {
        this.size = size;
        this.memory = memory;
        this.file = file;
    }

    /**
     * Makes all codes, or finds them.
     *
     * @param place where they are kept, and whose they are
     * @param memoryBytes the most that is read into memory
     */
    static CodeCache of(Extent extent, CodeFile place, long memoryBytes, CodeFile.Encoder encoder) {
        try {
            place.complete(extent.count(), extent.size(), encoder);
            FileChannel file = FileChannel.open(place.codes(), StandardOpenOption.READ);
            if (extent.bytes() > memoryBytes) {
                return new CodeCache(extent.size(), null, file);
            }
            try (file) {
                return new CodeCache(extent.size(), read(file, 0, extent.count() * extent.size()), null);
            }
        } catch (IOException failure) {
            InterruptedWorkException.check(); // an interruption closes files
            throw unreadable("The codes in " + place.codes(), failure);
        }
    }

    /**
     * How many codes there are.
     *
     * @param count of codes
     * @param size values of each
     */
    record Extent(int count, int size) {
        long bytes() {
            return 4L * count * size;
        }
    }

    private static float[] read(FileChannel file, long place, int count) throws IOException {
        float[] values = new float[count];
        ByteBuffer bytes = ByteBuffer.allocate(4 * Math.min(count, 1 << 20)).order(ByteOrder.LITTLE_ENDIAN);
        for (int from = 0; from < count; from += bytes.capacity() / 4) {
            bytes.clear().limit(4 * Math.min(bytes.capacity() / 4, count - from));
            while (bytes.hasRemaining()) {
                if (file.read(bytes, place + 4L * from + bytes.position()) < 0) {
                    throw new IOException("it ends too early");
                }
            }
            bytes.flip().asFloatBuffer().get(values, from, bytes.limit() / 4);
        }
        return values;
    }

    /** Copies the first {@code length} values of code {@code number} into {@code target} from {@code offset} on. */
    void copy(int number, float[] target, int offset, int length) {
        if (memory != null) {
            System.arraycopy(memory, number * size, target, offset, length);
            return;
        }
        try {
            System.arraycopy(read(file, 4L * number * size, length), 0, target, offset, length);
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
