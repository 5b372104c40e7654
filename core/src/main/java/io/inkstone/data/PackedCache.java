package io.inkstone.data;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.AtomicFile;
import io.inkstone.array.FileStart;
import io.inkstone.array.MappedFile;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.IntConsumer;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/**
 * A prepared set in one memory-mapped file: nothing is decoded again, and opening reads only the head. Layout: the magic,
 * the length of the head, the head (JSON), its CRC-32C; pictures [count, height, width, channels]; contexts float32
 * [count, c], little-endian; then for each picture name and caption as UTF-8 with their lengths, and an index of their
 * offsets; last the CRC-32C of all before.
 */
public final class PackedCache implements PreparedSet {
    /** Files end in {@code .inkdata}. */
    public static final String EXTENSION = "inkdata";

    private static final byte[] MAGIC = "INKDATA1".getBytes(StandardCharsets.US_ASCII);
    private static final int MOST_HEAD = 16 << 20;
    private static final ObjectMapper JSON = new ObjectMapper().registerModule(new Jdk8Module());

    /**
     * The head of the file.
     *
     * @param info the set
     * @param source where the pictures came from and what was done to them, for people
     * @param textBytes bytes of all names and captions
     */
    record Head(DataInfo info, String source, long textBytes) {}

    private final MappedFile file;
    private final Head head;
    private final long pictures;
    private final long contexts;
    private final long texts;
    private final long offsets;

    private PackedCache(MappedFile file, Head head, long start) {
        this.file = file;
        this.head = head;
        long count = head.info().count();
        this.pictures = start;
        this.contexts = pictures + count * pictureBytes();
        this.texts = contexts + count * head.info().classes().size() * Float.BYTES;
        this.offsets = texts + head.textBytes();
        long need = offsets + count * Long.BYTES + Long.BYTES;
        if (file.size() != need) {
            throw new InputException(Words.of(
                    "%s is cut short or damaged: it needs %d bytes and has %d. Prepare it again.",
                    file.path(), need, file.size()));
        }
    }

    /** Opens a file made by {@link #write}; {@link #verify} reads all of it. */
    public static PackedCache open(Path path) throws IOException {
        MappedFile file = MappedFile.open(path);
        try {
            byte[] start = file.start(MAGIC.length + 4);
            if (start.length < MAGIC.length + 4 || !Arrays.equals(start, 0, 8, MAGIC, 0, 8)) {
                throw new InputException(Words.of(
                        "%s is not a prepared data file; it is %s.",
                        path, FileStart.describe(file.start(FileStart.LENGTH))));
            }
            int length = ByteBuffer.wrap(start, 8, 4).getInt();
            if (length < 2 || length > MOST_HEAD || start.length + length + 8L > file.size()) {
                throw damaged(path);
            }
            byte[] text = new byte[length];
            file.slice(12, length).get(text);
            CRC32C sum = new CRC32C();
            sum.update(text);
            if (sum.getValue()
                    != file.slice(12L + length, 8).order(ByteOrder.BIG_ENDIAN).getLong()) {
                throw damaged(path);
            }
            return new PackedCache(file, JSON.readValue(text, Head.class), 20L + length);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private static InputException damaged(Path path) {
        return new InputException(path + " is damaged: its head does not match its checksum. Prepare it again.");
    }

    /**
     * Writes a prepared set, one picture after another.
     *
     * @param source where the pictures came from and what was done to them
     * @param progress told how many were written
     */
    public static void write(Path path, PreparedSet set, String source, IntConsumer progress) throws IOException {
        AtomicFile.write(path, out -> write(out, set, source, progress));
    }

    private static void write(OutputStream plain, PreparedSet set, String source, IntConsumer progress)
            throws IOException {
        byte[][] texts = new byte[set.count()][];
        long textBytes = 0;
        for (int i = 0; i < texts.length; i++) {
            texts[i] = PackedText.encode(set.entry(i));
            textBytes += texts[i].length;
        }
        CRC32C sum = new CRC32C();
        DataOutputStream out = new DataOutputStream(new CheckedOutputStream(plain, sum));
        writeHead(out, new Head(set.info(), source, textBytes));
        byte[] picture = new byte[set.pictureBytes()];
        for (int i = 0; i < texts.length; i++) {
            set.copy(i, picture, 0);
            out.write(picture);
            progress.accept(i + 1);
        }
        for (int i = 0; i < texts.length; i++) {
            out.write(PackedText.floats(set.entry(i).context()));
        }
        for (byte[] text : texts) {
            out.write(text);
        }
        long offset = 0;
        for (byte[] text : texts) {
            out.writeLong(offset);
            offset += text.length;
        }
        out.writeLong(sum.getValue());
    }

    private static void writeHead(DataOutputStream out, Head head) throws IOException {
        byte[] text = JSON.writeValueAsBytes(head);
        CRC32C sum = new CRC32C();
        sum.update(text);
        out.write(MAGIC);
        out.writeInt(text.length);
        out.write(text);
        out.writeLong(sum.getValue());
    }

    /** Where the pictures came from and what was done to them. */
    public String source() {
        return head.source();
    }

    /** Reads the whole file and compares it with its checksum; a difference is an {@link InputException}. */
    public void verify() throws IOException {
        CRC32C sum = new CRC32C();
        long end = file.size() - Long.BYTES;
        for (long at = 0; at < end; at += 1 << 24) {
            sum.update(file.slice(at, Math.min(1 << 24, end - at)));
        }
        if (sum.getValue() != bytes(end, Long.BYTES).getLong()) {
            throw new InputException(file.path() + " is damaged: it does not match its checksum. Prepare it again.");
        }
    }

    @Override
    public DataInfo info() {
        return head.info();
    }

    @Override
    public void copy(int index, byte[] into, int offset) {
        check(index);
        bytes(pictures + (long) index * pictureBytes(), pictureBytes()).get(into, offset, pictureBytes());
    }

    @Override
    public void copy(int index, ByteBuffer into, int at) {
        check(index);
        try {
            file.copy(pictures + (long) index * pictureBytes(), pictureBytes(), into, at);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public boolean liesReady() {
        return file.mapped();
    }

    @Override
    public Entry entry(int index) {
        check(index);
        int width = head.info().classes().size();
        float[] context = new float[width];
        long row = (long) width * Float.BYTES;
        bytes(contexts + index * row, row)
                .order(ByteOrder.LITTLE_ENDIAN)
                .asFloatBuffer()
                .get(context);
        long start = bytes(offsets + (long) index * Long.BYTES, Long.BYTES).getLong();
        long end = index + 1 < count()
                ? bytes(offsets + (index + 1L) * Long.BYTES, Long.BYTES).getLong()
                : head.textBytes();
        if (start < 0 || end < start || end > head.textBytes()) {
            throw new InputException(file.path() + " is damaged: its text index is wrong. Prepare it again.");
        }
        return PackedText.decode(bytes(texts + start, end - start), context, file.path());
    }

    private void check(int index) {
        if (index < 0 || index >= count()) {
            throw new InputException(
                    Words.of("%s has no picture %d; the last is %d.", file.path(), index, count() - 1));
        }
    }

    private ByteBuffer bytes(long offset, long length) {
        try {
            return file.slice(offset, length).order(ByteOrder.BIG_ENDIAN);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
