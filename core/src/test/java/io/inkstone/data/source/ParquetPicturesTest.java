package io.inkstone.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputDecompressor;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ParquetPicturesTest {
    private static final MessageType SCHEMA = MessageTypeParser.parseMessageType(
            "message m { optional group image { optional binary bytes; optional binary path (UTF8); } optional binary text (UTF8); }");

    @TempDir
    Path folder;

    @Test
    void severalFilesWithSeveralRowGroups() throws IOException {
        write("train-00000.parquet", 0, 5, CompressionCodecName.SNAPPY);
        write("train-00001.parquet", 5, 4, CompressionCodecName.ZSTD);
        write("test-00000.parquet", 9, 2, CompressionCodecName.UNCOMPRESSED);
        try (DataSet set = DataSource.open(folder)) {
            PictureSet train = set.train();
            assertThat(train.count()).isEqualTo(9);
            assertThat(set.test().orElseThrow().count()).isEqualTo(2);
            assertThat(train.info().captioned()).isTrue();
            for (int i : new int[] {8, 0, 4, 5, 3, 7, 1, 2, 6}) {
                assertThat(train.entry(i).caption()).isEqualTo("number " + i);
                assertThat(train.pixels(i).at(1, 1, 2)).isEqualTo(i);
            }
            assertThat(train.entry(6).name()).isEqualTo("train-00001.parquet row 1 (6.png)");
        }
    }

    @Test
    void filesAreReadByRowGroups() throws IOException {
        write("a.parquet", 0, 5, CompressionCodecName.UNCOMPRESSED);
        try (ParquetFile file = new ParquetFile(folder.resolve("a.parquet"))) {
            assertThat(file.rowsPerGroup().length).isGreaterThan(1);
        }
    }

    @Test
    void gzipPagesMustHaveTheSizeTheyClaim() throws IOException {
        BytesInput packed = BytesInput.from(TestPictures.gzip(new byte[] {1, 2, 3}));
        BytesInputDecompressor pages = new ParquetCodecs().getDecompressor(CompressionCodecName.GZIP);
        assertThat(pages.decompress(packed, 3).toInputStream().readAllBytes()).containsExactly(1, 2, 3);
        assertThatThrownBy(() -> pages.decompress(packed, 2)).hasMessageContaining("the 2 bytes that it claims");
        assertThatThrownBy(() -> new ParquetCodecs().getDecompressor(CompressionCodecName.LZO))
                .hasMessageContaining("LZO");
    }

    @Test
    void badInputIsASentence() throws IOException {
        Path file = folder.resolve("a.parquet");
        Files.writeString(file, "nothing of the kind, but long enough to hold a foot");
        assertThatThrownBy(() -> DataSource.open(file)).hasMessageContaining("its end is not that of a Parquet file");
        Files.delete(file);
        MessageType other =
                MessageTypeParser.parseMessageType("message m { required binary scan (UTF8); required int32 label; }");
        try (ParquetWriter<Group> out = writer(file, other, CompressionCodecName.UNCOMPRESSED)) {
            SimpleGroup row = new SimpleGroup(other);
            row.add("scan", Binary.fromString("x"));
            row.add("label", 1);
            out.write(row);
        }
        assertThatThrownBy(() -> DataSource.open(file))
                .hasMessageContaining("has the columns scan (STRING), label (int32); none is known to hold pictures");
    }

    @Test
    void realCaptions() {
        Path root = SharedData.path("captions512");
        try (DataSet parquet = DataSource.open(root);
                DataSet listed = DataSource.open(root.resolve("train"))) {
            assertThat(parquet.info().count()).isEqualTo(106);
            assertThat(listed.info().count()).isEqualTo(106);
            for (int i = 0; i < 106; i++) {
                assertThat(parquet.train().entry(i).caption())
                        .isEqualTo(listed.train().entry(i).caption());
            }
            assertThat(parquet.train().pixels(50)).isEqualTo(listed.train().pixels(50));
        }
    }

    private void write(String name, int first, int count, CompressionCodecName codec) throws IOException {
        try (ParquetWriter<Group> out = writer(folder.resolve(name), SCHEMA, codec)) {
            for (int i = first; i < first + count; i++) {
                Path picture = folder.resolve("pictures.tmp/p.png");
                TestPictures.png(picture, 2, 2, i);
                SimpleGroup row = new SimpleGroup(SCHEMA);
                Group image = row.addGroup("image");
                image.add("bytes", Binary.fromConstantByteArray(Files.readAllBytes(picture)));
                image.add("path", i + ".png");
                row.add("text", "number " + i);
                out.write(row);
                Files.delete(picture);
                Files.delete(picture.getParent());
            }
        }
    }

    private static ParquetWriter<Group> writer(Path file, MessageType schema, CompressionCodecName codec)
            throws IOException {
        return ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(schema)
                .withCompressionCodec(codec)
                .withRowGroupRowCountLimit(2)
                .build();
    }
}
