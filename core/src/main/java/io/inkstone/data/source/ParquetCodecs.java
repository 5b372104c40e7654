package io.inkstone.data.source;

import com.github.luben.zstd.ZstdInputStream;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.brotli.dec.BrotliInputStream;
import org.xerial.snappy.Snappy;

/** Unpacks Parquet pages without Hadoop's codecs: plain, Snappy, gzip, Zstandard, LZ4 and Brotli. */
final class ParquetCodecs implements CompressionCodecFactory {
    @Override
    public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
        return switch (codec) {
            case UNCOMPRESSED -> new Pages((packed, size) -> new ByteArrayInputStream(packed));
            case SNAPPY -> new Pages((packed, size) -> snappy(packed));
            case GZIP -> new Pages((packed, size) -> new GZIPInputStream(new ByteArrayInputStream(packed)));
            case ZSTD -> new Pages((packed, size) -> new ZstdInputStream(new ByteArrayInputStream(packed)));
            case LZ4, LZ4_RAW -> new Pages((packed, size) -> new ByteArrayInputStream(Lz4Block.page(packed, size)));
            case BROTLI -> new Pages((packed, size) -> new BrotliInputStream(new ByteArrayInputStream(packed)));
            default ->
                throw new InputException(Words.of(
                        "Parquet pages packed with %s cannot be read; write them with Snappy, gzip, Zstandard, LZ4 or Brotli.",
                        codec));
        };
    }

    @Override
    public BytesInputCompressor getCompressor(CompressionCodecName codec) {
        throw new UnsupportedOperationException("Parquet files are only read.");
    }

    @Override
    public void release() {}

    private interface Opener {
        InputStream open(byte[] packed, int size) throws IOException;
    }

    private static InputStream snappy(byte[] packed) throws IOException {
        // Snappy takes all memory at once, for whatever length the page claims; it packs at most about 64 to 1.
        if (Snappy.uncompressedLength(packed) > 64L * packed.length + 64) {
            throw new IOException("a Snappy page claims more bytes than it can hold");
        }
        return new ByteArrayInputStream(Snappy.uncompress(packed));
    }

    /** Unpacks one page to exactly the size that it claims. */
    private record Pages(Opener opener) implements BytesInputDecompressor {
        @Override
        public BytesInput decompress(BytesInput packed, int size) throws IOException {
            return BytesInput.from(unpack(packed.toInputStream().readAllBytes(), size));
        }

        @Override
        public void decompress(ByteBuffer input, int packedSize, ByteBuffer output, int size) throws IOException {
            byte[] packed = new byte[packedSize];
            input.get(packed);
            output.put(unpack(packed, size));
        }

        private byte[] unpack(byte[] packed, int size) throws IOException {
            try (InputStream in = opener.open(packed, size)) {
                byte[] page = in.readNBytes(size);
                if (page.length != size || in.read() >= 0) {
                    throw new IOException(Words.of("a page does not have the %d bytes that it claims", size));
                }
                return page;
            }
        }

        @Override
        public void release() {}
    }
}
