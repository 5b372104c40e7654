package io.inkstone.array;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * An open NumPy file of any size: {@link #rows} hands out parts of the first dimension without reading the rest. Plain
 * files (C order, little-endian) are mapped, not copied.
 */
public final class NpyFile implements AutoCloseable {
    private static final int MAX_HEADER = 1 << 20;
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    private final MappedFile file;
    private final NpyHeader header;
    private final long start;

    private NpyFile(MappedFile file, NpyHeader header, long start) {
        this.file = file;
        this.header = header;
        this.start = start;
    }

    /** Opens {@code path} and checks header and size; nothing else is read. */
    public static NpyFile open(Path path) throws IOException {
        MappedFile file = MappedFile.open(path);
        try {
            ByteBuffer bytes = file.slice(0, Math.min(file.size(), MAX_HEADER + 12L));
            NpyHeader header = header(bytes, path.toString());
            long start = bytes.position();
            long need = header.bytes(path.toString());
            if (need != file.size() - start) {
                throw new InputException(Words.of(
                        "%s is cut short or damaged: %s %s needs %d bytes after the header, the file has %d.",
                        path, header.type(), Arrays.toString(header.shape()), need, file.size() - start));
            }
            return new NpyFile(file, header, start);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    public DType type() {
        return header.type();
    }

    /** Sizes, outermost first; empty for a scalar. */
    public long[] shape() {
        return header.shape().clone();
    }

    /** The whole array; at most 2 GB. */
    public NdArray all() throws IOException {
        long bytes = NdArray.byteCount(header.type(), header.shape());
        return array(header, header.shape(), file.slice(start, bytes));
    }

    /** Entries {@code from … from + count − 1} of the first dimension. Fortran order reads the whole file each time. */
    public NdArray rows(long from, long count) throws IOException {
        long[] part = header.shape().clone();
        if (part.length == 0 || from < 0 || count < 0 || from > part[0] - count) {
            throw new InputException(Words.of(
                    "%s: rows %d to %d lie outside its shape %s.",
                    file.path(), from, from + count - 1, Arrays.toString(part)));
        }
        if (header.fortran() && part.length > 1) {
            return all().rows(from, count);
        }
        part[0] = 1;
        long row = NdArray.byteCount(header.type(), part);
        part[0] = count;
        return array(header, part, file.slice(start + from * row, count * row));
    }

    /** Rows handed out stay valid. */
    @Override
    public void close() throws IOException {
        file.close();
    }

    /** Reads magic, version and dictionary and leaves {@code bytes} at the first element. */
    static NpyHeader header(ByteBuffer bytes, String file) {
        bytes.order(ByteOrder.LITTLE_ENDIAN);
        byte[] begin = new byte[Math.min(FileStart.LENGTH, bytes.remaining())];
        bytes.get(bytes.position(), begin);
        if (begin.length < 10 || !Arrays.equals(begin, 0, 6, MAGIC, 0, 6)) {
            throw new InputException(
                    Words.of("%s is not a NumPy file (.npy); it is %s.", file, FileStart.describe(begin)));
        }
        int version = begin[6];
        if (version < 1 || version > 3 || begin[7] != 0) {
            throw new InputException(Words.of(
                    "%s has NumPy file version %d.%d; versions 1.0, 2.0 and 3.0 can be read.",
                    file, version, begin[7]));
        }
        bytes.position(bytes.position() + 8);
        long length = version == 1
                ? bytes.getShort() & 0xFFFF
                : bytes.remaining() < 4 ? Long.MAX_VALUE : bytes.getInt() & 0xFFFFFFFFL;
        if (length > Math.min(MAX_HEADER, bytes.remaining())) {
            throw new InputException(Words.of("%s is cut short or damaged: its header claims %d bytes.", file, length));
        }
        byte[] text = new byte[(int) length];
        bytes.get(text);
        var charset = version == 3 ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1;
        return NpyHeader.parse(new String(text, charset), file);
    }

    /** Reads magic, version and dictionary from a stream and leaves it at the first element. */
    static NpyHeader header(InputStream in, String file) throws IOException {
        byte[] start = in.readNBytes(12);
        int more = 0;
        if (start.length == 12) {
            ByteBuffer fields = ByteBuffer.wrap(start).order(ByteOrder.LITTLE_ENDIAN);
            // version 1 has a length of two bytes, and so two bytes of the dictionary were read already
            more = start[6] == 1
                    ? Math.max(0, (fields.getShort(8) & 0xFFFF) - 2)
                    : Math.min(fields.getInt(8), MAX_HEADER);
        }
        byte[] rest = in.readNBytes(Math.max(0, more));
        ByteBuffer bytes = ByteBuffer.allocate(start.length + rest.length)
                .put(start)
                .put(rest)
                .flip();
        return header(bytes, file);
    }

    /** Elements as the header describes them, turned into C order and little-endian. */
    static NdArray array(NpyHeader header, long[] shape, ByteBuffer data) {
        ByteBuffer elements =
                header.bigEndian() ? Reorder.swapped(data, header.type().bytes()) : data;
        if (header.fortran() && shape.length > 1) {
            elements = Reorder.fromFortran(elements, shape, header.type().bytes());
        }
        return new NdArray(header.type(), shape, elements);
    }
}
