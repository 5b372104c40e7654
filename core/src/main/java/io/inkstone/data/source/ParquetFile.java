package io.inkstone.data.source;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.FileStart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.Type;

/** One Parquet file, read a column of a row group at a time. */
final class ParquetFile implements PictureTable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;
    private final ParquetFileReader reader;
    private final MessageType schema;

    ParquetFile(Path path) throws IOException {
        this.path = path;
        this.reader = open(path);
        this.schema = reader.getFooter().getFileMetaData().getSchema();
    }

    private static ParquetFileReader open(Path path) throws IOException {
        try {
            return ParquetFileReader.open(
                    new LocalInputFile(path),
                    ParquetReadOptions.builder(new PlainParquetConfiguration())
                            .withCodecFactory(new ParquetCodecs())
                            .build());
        } catch (RuntimeException e) {
            try (InputStream in = Files.newInputStream(path)) {
                throw new InputException(
                        Words.of(
                                "%s is cut short or damaged: it begins like %s, but its end is not that of a Parquet file. Fetch it again.",
                                path, FileStart.describe(in.readNBytes(FileStart.LENGTH))),
                        e);
            }
        }
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public List<TableColumn> columns() {
        return schema.getColumns().stream().map(ParquetTypes::column).toList();
    }

    /** What {@code datasets} writes about the columns. */
    @Override
    public String features() throws IOException {
        String said = reader.getFooter().getFileMetaData().getKeyValueMetaData().getOrDefault("huggingface", "");
        return JSON.readTree(said).path("info").path("features").toString();
    }

    @Override
    public int[] rowsPerGroup() {
        return reader.getRowGroups().stream()
                .mapToInt(group -> Math.toIntExact(group.getRowCount()))
                .toArray();
    }

    @Override
    public long bytes(int group) {
        return reader.getRowGroups().get(group).getTotalByteSize();
    }

    @Override
    public Object[] pictures(int group, TableColumn column) throws IOException {
        List<List<Object>> lists = lists(group, column);
        Object[] values = new Object[lists.size()];
        for (int i = 0; i < values.length; i++) {
            values[i] = lists.get(i).isEmpty() ? null : lists.get(i).get(0);
        }
        return values;
    }

    @Override
    public synchronized List<List<Object>> lists(int group, TableColumn wanted) throws IOException {
        if (rowsPerGroup()[group] == 0) {
            return List.of(); // the reader refuses empty groups, which writers make
        }
        ColumnDescriptor column = schema.getColumnDescription(wanted.path().toArray(String[]::new));
        try {
            MessageType part = new MessageType(schema.getName(), only(schema.getType(column.getPath()[0]), column, 0));
            reader.setRequestedSchema(part);
            PageReadStore pages = reader.readRowGroup(group);
            String writer = reader.getFooter().getFileMetaData().getCreatedBy();
            ColumnReader values = new ColumnReadStoreImpl(pages, new ParquetConverter(part), part, writer)
                    .getColumnReader(part.getColumns().get(0));
            return read(values, (int) pages.getRowCount(), part.getColumns().get(0));
        } catch (InputException said) {
            throw new InputException(Words.of("%s: %s", path, said.getMessage()), said);
        } catch (RuntimeException e) {
            throw new InputException(
                    Words.of("%s: row group %d is damaged (%s). Fetch the file again.", path, group, e.getMessage()),
                    e);
        }
    }

    /** The type with nothing below it but {@code column}. */
    private static Type only(Type type, ColumnDescriptor column, int depth) {
        return type.isPrimitive()
                ? type
                : type.asGroupType()
                        .withNewFields(
                                only(type.asGroupType().getType(column.getPath()[depth + 1]), column, depth + 1));
    }

    private static List<List<Object>> read(ColumnReader values, int rows, ColumnDescriptor column) {
        List<List<Object>> all = new ArrayList<>(rows);
        int present = column.getMaxDefinitionLevel();
        long total = values.getTotalValueCount();
        for (long i = 0; i < total; i++) {
            if (values.getCurrentRepetitionLevel() == 0) {
                all.add(new ArrayList<>(1));
            }
            if (values.getCurrentDefinitionLevel() == present) {
                all.get(all.size() - 1).add(value(values, column));
            }
            values.consume();
        }
        return all;
    }

    private static Object value(ColumnReader values, ColumnDescriptor column) {
        return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> values.getBoolean();
            case INT32 -> (long) values.getInteger();
            case INT64 -> values.getLong();
            case FLOAT -> (double) values.getFloat();
            case DOUBLE -> values.getDouble();
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> values.getBinary().getBytes();
        };
    }

    /** All rows with their texts, numbers and lists of texts by name; for small tables. */
    List<Map<String, JsonNode>> rows() throws IOException {
        List<Map<String, JsonNode>> all = new ArrayList<>();
        for (int group = 0; group < rowsPerGroup().length; group++) {
            int first = all.size();
            for (int i = 0; i < rowsPerGroup()[group]; i++) {
                all.add(new LinkedHashMap<>());
            }
            for (TableColumn column : columns()) {
                TableColumns.requireNoTime(this, column);
                List<List<Object>> values = lists(group, column);
                for (int i = 0; i < values.size(); i++) {
                    all.get(first + i).put(column.top(), node(values.get(i), column.list()));
                }
            }
        }
        return all;
    }

    private static JsonNode node(List<Object> values, boolean list) {
        ArrayNode nodes = JsonNodeFactory.instance.arrayNode();
        for (Object value : values) {
            if (value instanceof byte[] text) {
                nodes.add(new String(text, StandardCharsets.UTF_8));
            } else if (value instanceof Long number) {
                nodes.add(number);
            } else {
                nodes.add(String.valueOf(value));
            }
        }
        return list ? nodes : nodes.isEmpty() ? JsonNodeFactory.instance.nullNode() : nodes.get(0);
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
