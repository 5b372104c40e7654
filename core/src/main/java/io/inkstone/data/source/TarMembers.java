package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Walks the files in a tar, in their order, without unpacking: POSIX ustar with the long names of GNU and of pax. What a
 * header claims is held against the size of the archive.
 */
final class TarMembers implements AutoCloseable {
    private static final int BLOCK = 512;
    private static final int WINDOW = 1 << 30;
    private static final int MOST_NAME = 1 << 16;

    private final Path path;
    private final FileChannel channel;
    private final long size;
    private ByteBuffer window;
    private long windowStart;
    private long at;
    private String name = "";
    private long offset;
    private long length;
    private boolean linked;
    private boolean ended;

    TarMembers(Path path) throws IOException {
        this.path = path;
        this.channel = FileChannel.open(path, StandardOpenOption.READ);
        this.size = channel.size();
        this.window = ByteBuffer.allocate(0);
    }

    /** Goes to the next file; false at the end. Folders are passed over. */
    boolean next() throws IOException {
        String longName = "";
        long longSize = -1;
        while (at + BLOCK <= size) {
            ByteBuffer header = bytes(at, BLOCK);
            if (header.get(header.position()) == 0) {
                ended = true;
                return false; // the archive ends with empty blocks
            }
            byte[] block = new byte[BLOCK];
            header.get(block);
            check(block);
            long claimed = longSize >= 0 ? longSize : number(block, 124, 12);
            char kind = (char) block[156];
            long start = at + BLOCK;
            if (claimed < 0 || claimed > size - start) {
                throw new InputException(Words.of(
                        "%s is cut short or damaged: a file in it claims %d bytes at %d of %d. Fetch it again.",
                        path, claimed, start, size));
            }
            at = start + (claimed + BLOCK - 1) / BLOCK * BLOCK;
            switch (kind) {
                case 'L' -> longName = text(content(start, claimed));
                case 'x' -> {
                    String[] said = pax(content(start, claimed));
                    longName = said[0].isEmpty() ? longName : said[0];
                    longSize = said[1].isEmpty() ? -1 : Long.parseLong(said[1]);
                }
                case '0', '7', '\0', '1', '2' -> {
                    name = longName.isEmpty() ? name(block) : longName;
                    offset = start;
                    length = claimed;
                    linked = kind == '1' || kind == '2';
                    if (!name.endsWith("/")) {
                        return true;
                    }
                    longName = "";
                    longSize = -1;
                }
                default -> {
                    longName = kind == 'K' || kind == 'g' ? longName : "";
                    longSize = kind == 'K' || kind == 'g' ? longSize : -1;
                }
            }
        }
        return false;
    }

    /** The name of the file at hand, with forward slashes. */
    String name() {
        return name;
    }

    /** Where its bytes begin in the archive. */
    long offset() {
        return offset;
    }

    long length() {
        return length;
    }

    /** Whether the blocks that end an archive were met; without them it may be cut short between two files. */
    boolean hasEnded() {
        return ended;
    }

    /** Whether it is a link to another file instead of bytes. */
    boolean isLink() {
        return linked;
    }

    /** Its bytes, for small files. */
    byte[] content() throws IOException {
        return content(offset, length);
    }

    private byte[] content(long start, long count) throws IOException {
        if (count > MOST_NAME) {
            throw new InputException(
                    Words.of("%s: %s has %d bytes, more than a name, a class or a text has.", path, name, count));
        }
        byte[] bytes = new byte[(int) count];
        bytes(start, bytes.length).get(bytes);
        return bytes;
    }

    /** Bytes of the archive, out of a window of it that is mapped. */
    private ByteBuffer bytes(long start, int count) throws IOException {
        if (start < windowStart || start + count > windowStart + window.capacity()) {
            windowStart = start;
            window = channel.map(FileChannel.MapMode.READ_ONLY, start, Math.min(WINDOW, size - start));
        }
        return window.slice((int) (start - windowStart), count);
    }

    private void check(byte[] block) {
        boolean ustar =
                block[257] == 'u' && block[258] == 's' && block[259] == 't' && block[260] == 'a' && block[261] == 'r';
        if (ustar) {
            return;
        }
        int sum = 0;
        for (int i = 0; i < BLOCK; i++) {
            sum += i >= 148 && i < 156 ? ' ' : block[i] & 0xFF;
        }
        if (sum != number(block, 148, 8)) {
            throw new InputException(
                    Words.of("%s is no tar archive, or damaged at byte %d: its checksum does not fit.", path, at));
        }
    }

    /** Octal digits, or binary where the first bit is set. */
    private static long number(byte[] block, int from, int count) {
        long value = 0;
        if (block[from] < 0) {
            for (int i = from + count - 8; i < from + count; i++) {
                value = value << 8 | block[i] & 0xFF;
            }
            return value;
        }
        for (int i = from; i < from + count; i++) {
            if (block[i] >= '0' && block[i] <= '7') {
                value = value << 3 | block[i] - '0';
            } else if (block[i] == 0 && value > 0) {
                break;
            }
        }
        return value;
    }

    private static String name(byte[] block) {
        String end = text(block, 0, 100);
        boolean ustar = block[257] == 'u' && block[262] == 0; // GNU keeps times where POSIX has the prefix
        String start = ustar ? text(block, 345, 155) : "";
        return start.isEmpty() ? end : start + "/" + end;
    }

    private static String text(byte[] bytes) {
        return text(bytes, 0, bytes.length);
    }

    private static String text(byte[] bytes, int from, int most) {
        int end = from;
        while (end < from + most && bytes[end] != 0) {
            end++;
        }
        return new String(bytes, from, end - from, StandardCharsets.UTF_8);
    }

    /** Path and size of a pax header, empty where it does not say them: records of length, space, key=value, line feed. */
    private static String[] pax(byte[] bytes) {
        String[] said = {"", ""};
        String text = new String(bytes, StandardCharsets.UTF_8);
        for (String record : text.split("\n")) {
            int space = record.indexOf(' ');
            int equals = record.indexOf('=');
            if (space > 0 && equals > space) {
                String key = record.substring(space + 1, equals);
                String value = record.substring(equals + 1);
                said[0] = key.equals("path") ? value : said[0];
                said[1] = key.equals("size") && value.matches("\\d{1,18}") ? value : said[1];
            }
        }
        return said;
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
