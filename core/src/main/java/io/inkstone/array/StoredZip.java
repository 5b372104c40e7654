package io.inkstone.array;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.LocalDateTime;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes a zip archive whose entries are stored as they are, each beginning at a multiple of 64 bytes so that readers can
 * map it. The same content gives the same bytes: all entries carry one fixed date.
 */
public final class StoredZip implements AutoCloseable {
    /** The alignment PyTorch's own archives have. */
    private static final int ALIGNMENT = 64;

    /** Marks the padding; PyTorch uses the same two letters. */
    private static final int PADDING_ID = 'F' | 'B' << 8;

    private static final LocalDateTime DATE = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** Counts what has passed, to know where the next entry begins. */
    private static final class Counter extends FilterOutputStream {
        private long count;

        Counter(OutputStream out) {
            super(out);
        }

        @Override
        public void write(int value) throws IOException {
            out.write(value);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }

    private final Counter counter;
    private final ZipOutputStream zip;

    /** An archive on {@code out}, which stays open. */
    public StoredZip(OutputStream out) {
        counter = new Counter(out);
        zip = new ZipOutputStream(counter, StandardCharsets.UTF_8);
        zip.setMethod(ZipOutputStream.STORED);
    }

    /** Adds an entry that holds the parts one after another. */
    public void add(String name, ByteBuffer... parts) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        CRC32 crc = new CRC32();
        long size = 0;
        for (ByteBuffer part : parts) {
            size += part.remaining();
            crc.update(part.duplicate());
        }
        entry.setTimeLocal(DATE);
        entry.setSize(size);
        entry.setCompressedSize(size);
        entry.setCrc(crc.getValue());
        long start = counter.count + 30 + name.getBytes(StandardCharsets.UTF_8).length + 4;
        int padding = (int) Math.floorMod(-start, (long) ALIGNMENT);
        byte[] extra = new byte[4 + padding];
        ByteBuffer.wrap(extra)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort((short) PADDING_ID)
                .putShort((short) padding);
        entry.setExtra(extra);
        zip.putNextEntry(entry);
        for (ByteBuffer part : parts) {
            Npy.copy(part.duplicate(), zip);
        }
        zip.closeEntry();
    }

    /** Writes the directory; the stream below stays open. */
    @Override
    public void close() throws IOException {
        zip.finish();
        zip.flush();
    }
}
