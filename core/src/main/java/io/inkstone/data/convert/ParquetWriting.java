package io.inkstone.data.convert;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.Words;
import io.inkstone.data.DataInfo;
import io.inkstone.data.Entry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
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

/**
 * One Parquet file as {@code datasets} writes it: image as a struct of bytes and path, label as a number with the names of
 * the classes in the key {@code huggingface}, captions as a list of texts.
 */
final class ParquetWriting implements Conversion.PartWriter {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int ROWS = 1000;

    private final MessageType schema;
    private final ParquetWriter<Group> out;
    private final boolean classed;
    private final boolean captioned;

    ParquetWriting(Path file, DataInfo info) throws IOException {
        classed = !info.classes().isEmpty();
        captioned = info.captioned();
        schema = MessageTypeParser.parseMessageType(Words.of(
                "message schema { optional group image { optional binary bytes; optional binary path (STRING); } %s %s }",
                classed ? "optional int64 label;" : "",
                captioned
                        ? "optional group text (LIST) { repeated group list { optional binary element (STRING); } }"
                        : ""));
        out = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(schema)
                .withCompressionCodec(CompressionCodecName.UNCOMPRESSED) // PNG is packed already
                .withRowGroupRowCountLimit(ROWS)
                .withExtraMetaData(Map.of("huggingface", features(info)))
                .build();
    }

    private String features(DataInfo info) throws JsonProcessingException {
        ObjectNode root = JSON.createObjectNode();
        ObjectNode features = root.putObject("info").putObject("features");
        features.putObject("image").put("_type", "Image");
        if (classed) {
            ObjectNode label = features.putObject("label");
            info.classes().forEach(label.putArray("names")::add);
            label.put("_type", "ClassLabel");
        }
        if (captioned) {
            ObjectNode text = features.putObject("text");
            text.putObject("feature").put("dtype", "string").put("_type", "Value");
            text.put("_type", "List");
        }
        return JSON.writeValueAsString(root);
    }

    @Override
    public void add(byte[] png, Entry entry, int label) throws IOException {
        SimpleGroup row = new SimpleGroup(schema);
        Group image = row.addGroup("image");
        image.add("bytes", Binary.fromConstantByteArray(png));
        image.add("path", entry.name());
        if (classed) {
            row.add("label", (long) label);
        }
        if (captioned) {
            Group list = row.addGroup("text");
            entry.captions().forEach(caption -> list.addGroup("list").add("element", caption));
        }
        out.write(row);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
