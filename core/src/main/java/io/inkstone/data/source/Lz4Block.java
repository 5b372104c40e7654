package io.inkstone.data.source;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * Unpacks blocks of LZ4: a sequence is a token, literals, and a copy of bytes that were written before. Written out here
 * because it is short, and the libraries for it bring natives or unsafe memory. Source: the LZ4 block format by Yann
 * Collet.
 */
final class Lz4Block {
    private static final int LEAST_COPY = 4;

    private final byte[] packed;
    private final int end;
    private final byte[] out;
    private int at;
    private int filled;

    private Lz4Block(byte[] packed, int start, int end, byte[] out) {
        this.packed = packed;
        this.at = start;
        this.end = end;
        this.out = out;
    }

    /**
     * Unpacks a page of Parquet: one block, or the frames that Hadoop writes (each with both sizes in front), which the
     * older of the two codecs leaves open.
     *
     * @param size of the result
     */
    static byte[] page(byte[] packed, int size) throws IOException {
        byte[] framed = frames(packed, size);
        return framed != null ? framed : block(packed, 0, packed.length, size);
    }

    /** The frames joined, or null where these are none. */
    private static byte[] frames(byte[] packed, int size) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(packed);
        ByteBuffer out = ByteBuffer.allocate(size);
        while (in.remaining() >= 8) {
            int unpacked = in.getInt();
            int length = in.getInt();
            if (unpacked < 0 || length < 0 || length > in.remaining() || unpacked > out.remaining()) {
                return null;
            }
            try {
                out.put(block(packed, in.position(), length, unpacked));
            } catch (IOException noFrame) {
                return null;
            }
            in.position(in.position() + length);
        }
        return in.hasRemaining() || out.hasRemaining() ? null : out.array();
    }

    private static byte[] block(byte[] packed, int start, int length, int size) throws IOException {
        Lz4Block block = new Lz4Block(packed, start, start + length, new byte[size]);
        try {
            while (block.at < block.end) {
                block.sequence();
            }
        } catch (IndexOutOfBoundsException e) {
            throw damaged();
        }
        if (block.filled != size) {
            throw damaged();
        }
        return block.out;
    }

    private void sequence() throws IOException {
        int token = next();
        int literals = length(token >>> 4);
        if (literals > end - at) {
            throw damaged();
        }
        System.arraycopy(packed, at, out, filled, literals);
        at += literals;
        filled += literals;
        if (at >= end) {
            return; // the last sequence is literals alone
        }
        int back = next() | next() << 8;
        int copied = length(token & 15) + LEAST_COPY;
        if (back == 0 || back > filled || copied > out.length - filled) {
            throw damaged();
        }
        for (int i = 0; i < copied; i++, filled++) {
            out[filled] = out[filled - back]; // may overlap: repeats
        }
    }

    /** A length of four bits that goes on in the bytes that follow. */
    private int length(int start) throws IOException {
        int length = start;
        int more = start == 15 ? 255 : 0;
        while (more == 255) {
            more = next();
            length = Math.addExact(length, more);
        }
        return length;
    }

    private int next() throws IOException {
        if (at >= end) {
            throw damaged();
        }
        return packed[at++] & 0xFF;
    }

    private static IOException damaged() {
        return new IOException("a page packed with LZ4 is damaged");
    }
}
