package io.inkstone.data.source;

import io.inkstone.InputException;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/**
 * Zips that some programs of Windows write with backslashes in names, against the standard: a copy in the temporary
 * folder whose directory has slashes in their place, which changes no length.
 */
final class ZipBackslashes {
    private static final int END = 0x06054b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END_LENGTH = 22;
    private static final int MOST_COMMENT = 1 << 16;

    private ZipBackslashes() {}

    static boolean isIn(Path root) throws IOException {
        return Folders.files(root).stream().anyMatch(file -> Folders.name(file).indexOf('\\') >= 0);
    }

    /** The copy; the caller deletes it. */
    static Path mended(Path zip) throws IOException {
        Path copy = Files.createTempFile("inkstone-", ".zip");
        copy.toFile().deleteOnExit();
        Files.copy(zip, copy, StandardCopyOption.REPLACE_EXISTING);
        try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            long tail = Math.min(channel.size(), MOST_COMMENT + END_LENGTH);
            MappedByteBuffer end = channel.map(FileChannel.MapMode.READ_WRITE, channel.size() - tail, tail);
            end.order(ByteOrder.LITTLE_ENDIAN);
            int at = (int) tail - END_LENGTH;
            while (at >= 0 && end.getInt(at) != END) {
                at--;
            }
            long length = at < 0 ? 0 : end.getInt(at + 12) & 0xFFFFFFFFL;
            long start = at < 0 ? 0 : end.getInt(at + 16) & 0xFFFFFFFFL;
            if (at < 0 || start + length > channel.size() || length > Integer.MAX_VALUE) {
                throw new InputException(zip
                        + " has backslashes in its names and is too large to mend; unpack it and point at the folder.");
            }
            mend(channel.map(FileChannel.MapMode.READ_WRITE, start, length));
        } catch (IOException | RuntimeException e) {
            Files.deleteIfExists(copy);
            throw e;
        }
        return copy;
    }

    private static void mend(MappedByteBuffer directory) {
        directory.order(ByteOrder.LITTLE_ENDIAN);
        int at = 0;
        while (at + 46 <= directory.capacity() && directory.getInt(at) == CENTRAL) {
            int name = directory.getShort(at + 28) & 0xFFFF;
            int rest = (directory.getShort(at + 30) & 0xFFFF) + (directory.getShort(at + 32) & 0xFFFF);
            for (int i = at + 46; i < at + 46 + name; i++) {
                if (directory.get(i) == '\\') {
                    directory.put(i, (byte) '/');
                }
            }
            at += 46 + name + rest;
        }
        directory.force();
    }
}
