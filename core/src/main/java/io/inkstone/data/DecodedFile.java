package io.inkstone.data;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Pictures of a set that is decoded as it is asked for, kept as bytes in a file once they were: a second pass decodes none.
 * The file has no name where the system allows that, and is gone with the process, however it ends. Whatever goes wrong with
 * it, such as a full disk, costs time and nothing else: the picture is decoded. {@link Preparation#check} fills it with what it
 * decodes anyway.
 */
public final class DecodedFile extends PreparedView {
    /** So much is left free for others, such as checkpoints. */
    static final long ROOM = 2L << 30;

    /** After so many bytes it is looked whether there is room for more. */
    private static final long LOOK_EVERY = 64L << 20;

    private final Path folder;
    private final FileChannel file;
    /** A bit a picture: its bytes are in the file. */
    private final AtomicLongArray kept;

    private final AtomicLong written = new AtomicLong();
    private volatile boolean room = true;

    private DecodedFile(PreparedSet base, Path folder) throws IOException {
        super(base);
        this.folder = folder;
        kept = new AtomicLongArray((base.count() + Long.SIZE - 1) / Long.SIZE);
        file = FileChannel.open(
                Files.createTempFile(folder, "decoded-", ".tmp"),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.DELETE_ON_CLOSE);
    }

    /** Bytes that the file may come to hold. */
    public static long bytes(PreparedSet set) {
        return (long) set.count() * set.pictureBytes();
    }

    /** Whether all pictures of {@code set} could be kept in {@code folder}, which exists, with room left for others. */
    public static boolean fits(PreparedSet set, Path folder) {
        return free(folder) - ROOM >= bytes(set);
    }

    /** @param set which {@linkplain PreparedSet#decodes decodes}; closing this leaves it open */
    public static DecodedFile of(PreparedSet set, Path folder) throws IOException {
        return new DecodedFile(set, folder);
    }

    private static long free(Path folder) {
        try {
            return Files.getFileStore(folder).getUsableSpace();
        } catch (IOException unknown) {
            return 0;
        }
    }

    @Override
    public void copy(int index, byte[] into, int offset) {
        copy(index, ByteBuffer.wrap(into), offset);
    }

    @Override
    public void copy(int index, ByteBuffer into, int at) {
        int length = (int) size(index).area() * channels();
        if (!read(index, into.slice(at, length))) {
            base.copy(index, into, at);
            write(index, into.slice(at, length));
        }
    }

    /** Keeps a picture that somebody else decoded, as the set would have: [height, width, channels]. */
    void keep(int index, byte[] picture) {
        write(index, ByteBuffer.wrap(picture));
    }

    private long place(int index) {
        return (long) index * pictureBytes();
    }

    private boolean read(int index, ByteBuffer target) {
        if ((kept.get(index / Long.SIZE) >> index & 1) == 0) {
            return false;
        }
        try {
            long place = place(index);
            while (target.hasRemaining()) {
                int count = file.read(target, place);
                if (count < 0) {
                    return false;
                }
                place += count;
            }
            return true;
        } catch (IOException closed) {
            return false;
        }
    }

    private void write(int index, ByteBuffer picture) {
        if (!room) {
            return;
        }
        long before = written.getAndAdd(picture.remaining());
        if (before / LOOK_EVERY != (before + picture.remaining()) / LOOK_EVERY && free(folder) < ROOM) {
            room = false;
            return;
        }
        try {
            long place = place(index);
            while (picture.hasRemaining()) {
                place += file.write(picture, place);
            }
            kept.accumulateAndGet(index / Long.SIZE, 1L << index, (bits, bit) -> bits | bit);
        } catch (IOException full) {
            room = false;
        }
    }

    @Override
    public boolean decodes() {
        return false;
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            // Nobody needs it any more.
        }
    }
}
