package io.inkstone.array;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The entries of a zip archive as buffers: stored entries are parts of the mapped file, deflated ones are unpacked under a
 * limit. Names are never used as paths. Format: PKWARE APPNOTE 6.3, with the 64-bit extension; no encryption, no parts.
 */
public final class ZipIndex {
    private static final int END = 0x06054b50;
    private static final int END64 = 0x06064b50;
    private static final int LOCATOR64 = 0x07064b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int END_LENGTH = 22;
    private static final long MAX_DIRECTORY = 64L << 20;
    private static final int MAX_ENTRIES = 200_000;
    private static final long MASK = 0xFFFFFFFFL;

    /**
     * One entry.
     *
     * @param stored whether the bytes lie in the archive as they are
     * @param packed bytes in the archive
     * @param size bytes when unpacked
     * @param header where the entry's own header begins
     */
    public record Entry(String name, boolean stored, long packed, long size, long crc, long header) {}

    private final MappedFile file;
    private final Map<String, Entry> entries = new LinkedHashMap<>();

    /** Reads the directory of {@code file}, which must stay open while entries are taken. */
    public ZipIndex(MappedFile file) throws IOException {
        this.file = file;
        long[] directory = directory();
        ByteBuffer central = file.slice(directory[0], directory[1]);
        long packed = 0;
        while (central.remaining() >= 46) {
            Entry entry = entry(central);
            packed += entry.packed();
            if (entries.put(entry.name(), entry) != null) {
                throw damaged("two entries are named " + entry.name());
            }
            if (packed > file.size() || entries.size() > MAX_ENTRIES) {
                throw damaged("its entries overlap or are more than " + MAX_ENTRIES);
            }
        }
        if (central.hasRemaining()) {
            throw damaged("its directory is cut short");
        }
    }

    /** Entries by name, in the order of the archive. */
    public Map<String, Entry> entries() {
        return Collections.unmodifiableMap(entries);
    }

    /** The bytes of an entry: mapped if it is stored, otherwise unpacked, at most {@code limit} of them. */
    public ByteBuffer bytes(Entry entry, long limit) throws IOException {
        ByteBuffer local = file.slice(entry.header(), 30);
        if (local.getInt(0) != LOCAL) {
            throw damaged("entry " + entry.name() + " is not where the directory says");
        }
        long start = entry.header() + 30 + (local.getShort(26) & 0xFFFF) + (local.getShort(28) & 0xFFFF);
        ByteBuffer packed = file.slice(start, entry.packed());
        if (entry.stored()) {
            return packed;
        }
        if (entry.size() > Math.min(limit, Integer.MAX_VALUE - 16)) {
            throw new InputException(Words.of(
                    "%s: entry %s unpacks to %d bytes, more than the %d that are allowed here.",
                    file.path(), entry.name(), entry.size(), limit));
        }
        return unpack(packed, entry).order(ByteOrder.LITTLE_ENDIAN);
    }

    private ByteBuffer unpack(ByteBuffer packed, Entry entry) {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            // grows as bytes arrive, so a false size takes no memory
            byte[] out = new byte[(int) Math.min(entry.size() + 1, 1 << 16)];
            int length = 0;
            while (!inflater.finished()) {
                if (length == out.length) {
                    if (length > entry.size()) {
                        throw damaged("entry " + entry.name() + " is longer than the directory says");
                    }
                    out = Arrays.copyOf(out, (int) Math.min(entry.size() + 1, out.length * 2L));
                }
                int more = inflater.inflate(out, length, out.length - length);
                if (more == 0 && !inflater.finished()) {
                    throw damaged("entry " + entry.name() + " is cut short");
                }
                length += more;
            }
            CRC32 crc = new CRC32();
            crc.update(out, 0, length);
            if (length != entry.size() || crc.getValue() != entry.crc()) {
                throw damaged("entry " + entry.name() + " has another length or checksum than the directory says");
            }
            return ByteBuffer.wrap(out, 0, length).slice();
        } catch (DataFormatException e) {
            throw damaged("entry " + entry.name() + " cannot be unpacked: " + e.getMessage());
        } finally {
            inflater.end();
        }
    }

    /** Start and length of the directory, from the record at the archive's end. */
    private long[] directory() throws IOException {
        int tail = (int) Math.min(file.size(), END_LENGTH + 0xFFFF);
        long tailStart = file.size() - tail;
        ByteBuffer bytes = file.slice(tailStart, tail);
        for (int at = tail - END_LENGTH; at >= 0; at--) {
            if (bytes.getInt(at) == END && (bytes.getShort(at + 20) & 0xFFFF) == tail - at - END_LENGTH) {
                long start = bytes.getInt(at + 16) & MASK;
                long length = bytes.getInt(at + 12) & MASK;
                if (start == MASK || length == MASK || bytes.getShort(at + 10) == -1) {
                    return directory64(tailStart + at - 20);
                }
                return checked(start, length);
            }
        }
        throw damaged("it has no directory; the file is cut short");
    }

    private long[] directory64(long locatorAt) throws IOException {
        ByteBuffer locator = file.slice(locatorAt, 20);
        if (locator.getInt(0) != LOCATOR64) {
            throw damaged("its 64-bit directory is missing");
        }
        ByteBuffer end = file.slice(locator.getLong(8), 56);
        if (end.getInt(0) != END64) {
            throw damaged("its 64-bit directory is missing");
        }
        return checked(end.getLong(48), end.getLong(40));
    }

    private long[] checked(long start, long length) {
        if (start < 0 || length < 0 || start > file.size() - length || length > MAX_DIRECTORY) {
            throw damaged("its directory lies outside the file");
        }
        return new long[] {start, length};
    }

    private Entry entry(ByteBuffer central) {
        int at = central.position();
        int nameLength = central.getShort(at + 28) & 0xFFFF;
        int extraLength = central.getShort(at + 30) & 0xFFFF;
        int length = 46 + nameLength + extraLength + (central.getShort(at + 32) & 0xFFFF);
        if (central.getInt(at) != CENTRAL || length > central.remaining()) {
            throw damaged("its directory is damaged");
        }
        byte[] name = new byte[nameLength];
        central.get(at + 46, name);
        int method = central.getShort(at + 10);
        String text = new String(name, StandardCharsets.UTF_8);
        if ((central.getShort(at + 8) & 1) != 0 || method != 0 && method != 8) {
            throw new InputException(Words.of(
                            "%s: entry %s is encrypted or packed by method %d; only stored and deflated entries",
                            file.path(), text, method)
                    + " can be read. Pack it again.");
        }
        // order of the 64-bit field: unpacked size, packed size, position; each only where the short one is full
        long[] sizes = {central.getInt(at + 24) & MASK, central.getInt(at + 20) & MASK, central.getInt(at + 42) & MASK};
        widen(sizes, central.slice(at + 46 + nameLength, extraLength).order(ByteOrder.LITTLE_ENDIAN));
        if (sizes[0] < 0 || sizes[1] < 0 || sizes[1] > file.size() || method == 0 && sizes[0] != sizes[1]) {
            throw damaged("entry " + text + " has impossible sizes");
        }
        central.position(at + length);
        return new Entry(text, method == 0, sizes[1], sizes[0], central.getInt(at + 16) & MASK, sizes[2]);
    }

    private static void widen(long[] sizes, ByteBuffer extra) {
        while (extra.remaining() >= 4) {
            int id = extra.getShort();
            int end = extra.position() + 2 + (extra.getShort(extra.position()) & 0xFFFF);
            extra.getShort();
            if (end > extra.limit()) {
                return;
            }
            for (int i = 0; id == 1 && i < sizes.length; i++) {
                if (sizes[i] == MASK && end - extra.position() >= 8) {
                    sizes[i] = extra.getLong();
                }
            }
            extra.position(end);
        }
    }

    private InputException damaged(String why) {
        return new InputException(file.path() + " is not a sound zip archive: " + why + ".");
    }
}
