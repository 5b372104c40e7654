package io.inkstone.array;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Parts of a file as read-only buffers. Nothing is read before it is touched, so a file of any size costs no memory when
 * opened. Every part is checked against the file's size. A file must not be cut short while a part is in use; our own
 * writers never do that ({@link AtomicFile}).
 */
public final class MappedFile implements AutoCloseable {
    /** Parts below this size are copied out of files too large for one mapping: systems limit the number of mappings. */
    private static final int COPIED_BELOW = 1 << 16;

    private final Path path;
    private final FileChannel channel;
    private final long size;
    private final ByteBuffer whole;

    private MappedFile(Path path, FileChannel channel) throws IOException {
        this.path = path;
        this.channel = channel;
        this.size = channel.size();
        this.whole = size <= Integer.MAX_VALUE ? channel.map(FileChannel.MapMode.READ_ONLY, 0, size) : null;
    }

    /** Opens a file; a folder or a missing file is an {@link InputException}. Parts stay valid after {@link #close}. */
    public static MappedFile open(Path path) throws IOException {
        if (Files.isDirectory(path)) {
            throw new InputException(path + " is a folder; a file was expected.");
        }
        if (!Files.isRegularFile(path)) {
            throw new InputException(
                    Files.exists(path) ? path + " is not a regular file." : path + " does not exist. Check the path.");
        }
        FileChannel channel = FileChannel.open(path, StandardOpenOption.READ);
        try {
            return new MappedFile(path, channel);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    public Path path() {
        return path;
    }

    /** Bytes of the file. */
    public long size() {
        return size;
    }

    /** Bytes {@code offset … offset + length − 1}, little-endian. */
    public ByteBuffer slice(long offset, long length) throws IOException {
        check(offset, length);
        if (length > Integer.MAX_VALUE) {
            throw new InputException(
                    Words.of("%s: %d bytes in one piece are more than 2 GB. Read it in parts.", path, length));
        }
        ByteBuffer part;
        if (whole != null) {
            part = whole.slice((int) offset, (int) length);
        } else if (length < COPIED_BELOW) {
            part = copy(offset, (int) length);
        } else {
            part = channel.map(FileChannel.MapMode.READ_ONLY, offset, length);
        }
        return part.order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Whether all of it is mapped, so that any part is at hand without asking the system. */
    public boolean mapped() {
        return whole != null;
    }

    /** Copies {@code length} bytes from {@code offset} on into {@code target} at {@code at}; its position stays. */
    public void copy(long offset, int length, ByteBuffer target, int at) throws IOException {
        check(offset, length);
        if (whole != null) {
            target.put(at, whole, (int) offset, length);
        } else {
            read(offset, target.slice(at, length));
        }
    }

    /** The first bytes, at most {@code length}. */
    public byte[] start(int length) throws IOException {
        byte[] bytes = new byte[(int) Math.min(length, size)];
        slice(0, bytes.length).get(bytes);
        return bytes;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    /**
     * Fills {@code target} with the bytes from {@code offset} on, past the mapping: what is copied anyway need not be in
     * memory twice. The file must not be closed yet.
     */
    public void read(long offset, ByteBuffer target) throws IOException {
        long at = offset;
        while (target.hasRemaining()) {
            int count = channel.read(target, at);
            if (count < 0) {
                throw new InputException(path + " became shorter while it was read.");
            }
            at += count;
        }
    }

    private void check(long offset, long length) {
        if (offset < 0 || length < 0 || offset > size - length) {
            throw new InputException(Words.of(
                    "%s is cut short or damaged: %d bytes at offset %d were expected, the file has %d.",
                    path, length, offset, size));
        }
    }

    private ByteBuffer copy(long offset, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        read(offset, bytes);
        return bytes.flip();
    }
}
