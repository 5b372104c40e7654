package io.inkstone.array;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * NumPy files (.npy), format versions 1 to 3: booleans, integers and floats of 8 to 64 bits, either byte order, C or
 * Fortran order. Nothing in a file is trusted: lengths are compared with the file's size before memory is taken.
 */
public final class Npy {
    /** NumPy aligns the first element to this many bytes. */
    private static final int ALIGNMENT = 64;

    private static final int CHUNK = 1 << 20;

    private Npy() {}

    /** Reads a file of at most 2 GB; larger ones in parts through {@link NpyFile}. Plain files are mapped. */
    public static NdArray read(Path path) throws IOException {
        try (NpyFile file = NpyFile.open(path)) {
            return file.all();
        }
    }

    /**
     * Reads one array from a stream.
     *
     * @param name named in messages
     * @param maxBytes the most memory the elements may take
     */
    public static NdArray read(InputStream in, String name, long maxBytes) throws IOException {
        NpyHeader header = NpyFile.header(in, name);
        long bytes = header.bytes(name);
        if (bytes > Math.min(maxBytes, Integer.MAX_VALUE - 16)) {
            throw new InputException(Words.of(
                    "%s claims %d bytes of elements; at most %d are read here.",
                    name, bytes, Math.min(maxBytes, Integer.MAX_VALUE - 16)));
        }
        byte[] data = in.readNBytes((int) bytes); // grows as bytes arrive, so a false claim takes no memory
        if (data.length < bytes) {
            throw new InputException(Words.of(
                    "%s is cut short: %s %s needs %d bytes, got %d.",
                    name, header.type(), Arrays.toString(header.shape()), bytes, data.length));
        }
        return NpyFile.array(header, header.shape(), ByteBuffer.wrap(data));
    }

    /** Writes version 1.0. NumPy knows neither bfloat16 nor smaller floats: they are widened to float32. */
    public static void write(Path path, NdArray array) throws IOException {
        AtomicFile.write(path, out -> write(out, array));
    }

    /** As {@link #write(Path, NdArray)}, to a stream that stays open. */
    public static void write(OutputStream out, NdArray array) throws IOException {
        NdArray known = representable(array);
        out.write(head(known.type(), known.shape()));
        copy(known.data(), out);
    }

    /** As {@link #write(Path, NdArray)}, part by part as they are made; of a type that NumPy knows. */
    public static void write(Path path, LazyArray array) throws IOException {
        AtomicFile.write(path, out -> {
            out.write(head(array.type(), array.shape()));
            array.copyTo(out);
        });
    }

    static NdArray representable(NdArray array) {
        return switch (array.type()) {
            case BFLOAT16, FLOAT8_E4M3, FLOAT8_E5M2, FLOAT8_E4M3FNUZ, FLOAT8_E5M2FNUZ, FLOAT8_E8M0, FLOAT4_E2M1 ->
                NdArray.of(array.toFloats(), array.shape());
            default -> array;
        };
    }

    static byte[] head(NdArray array) {
        return head(array.type(), array.shape());
    }

    /** Everything before the first element. */
    static byte[] head(DType type, long[] shape) {
        String dictionary = NpyHeader.format(type, shape);
        int used = NpyFile.MAGIC.length + 4 + dictionary.length() + 1;
        String padded = dictionary + " ".repeat(Math.floorMod(-used, ALIGNMENT)) + "\n";
        byte[] text = padded.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer head = ByteBuffer.allocate(NpyFile.MAGIC.length + 4 + text.length);
        head.put(NpyFile.MAGIC).put((byte) 1).put((byte) 0);
        head.put((byte) text.length).put((byte) (text.length >> 8)).put(text);
        return head.array();
    }

    /** Copies a buffer in pieces, so that a mapped gigabyte is not copied to the heap at once. */
    public static void copy(ByteBuffer data, OutputStream out) throws IOException {
        WritableByteChannel channel = Channels.newChannel(out);
        while (data.hasRemaining()) {
            ByteBuffer piece = data.slice(data.position(), Math.min(CHUNK, data.remaining()));
            data.position(data.position() + piece.remaining());
            while (piece.hasRemaining()) {
                channel.write(piece);
            }
        }
    }
}
