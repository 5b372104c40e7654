package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.FileStart;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;

/** One Parquet file with pictures in {@code image.bytes} and captions in {@code text}, read a row group at a time. */
final class ParquetFile implements AutoCloseable {
    private final Path path;
    private final ParquetFileReader reader;
    private final MessageType schema;
    private final ColumnDescriptor bytes;
    private final Optional<ColumnDescriptor> names;
    private final ColumnDescriptor text;

    ParquetFile(Path path) throws IOException {
        this.path = path;
        this.reader = open(path);
        try {
            schema = reader.getFooter().getFileMetaData().getSchema();
            bytes = column("image", "bytes").orElseThrow(this::withoutColumns);
            names = column("image", "path");
            text = column("text").orElseThrow(this::withoutColumns);
        } catch (RuntimeException e) {
            reader.close();
            throw e;
        }
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

    private Optional<ColumnDescriptor> column(String... name) {
        return schema.getColumns().stream()
                .filter(column -> Arrays.equals(column.getPath(), name))
                .filter(column -> column.getMaxRepetitionLevel() == 0)
                .filter(column -> column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.BINARY)
                .findFirst();
    }

    private InputException withoutColumns() {
        List<String> there = schema.getColumns().stream()
                .map(column -> String.join(".", column.getPath()))
                .toList();
        return new InputException(Words.of(
                "%s has the columns %s; image.bytes (encoded pictures) and text (captions) were expected.",
                path, String.join(", ", there)));
    }

    /** Rows of each row group. */
    int[] rowsPerGroup() {
        return reader.getRowGroups().stream()
                .mapToInt(group -> Math.toIntExact(group.getRowCount()))
                .toArray();
    }

    /** The encoded pictures of a row group; an entry is null where the file has none. */
    byte[][] pictures(int group) throws IOException {
        long size = reader.getRowGroups().get(group).getTotalByteSize();
        if (size > Integer.MAX_VALUE) {
            throw new InputException(Words.of(
                    "%s: row group %d holds %d MB; write the file with smaller row groups.", path, group, size >> 20));
        }
        return values(group, bytes);
    }

    /** Captions of a row group; an empty one where the file has none. */
    List<String> captions(int group) throws IOException {
        return strings(values(group, text));
    }

    /** The names that the pictures had as files, or empty ones. */
    List<String> names(int group) throws IOException {
        int rows = rowsPerGroup()[group];
        return names.isPresent() ? strings(values(group, names.get())) : strings(new byte[rows][]);
    }

    private static List<String> strings(byte[][] values) {
        List<String> strings = new ArrayList<>(values.length);
        for (byte[] value : values) {
            strings.add(value == null ? "" : new String(value, StandardCharsets.UTF_8));
        }
        return strings;
    }

    private synchronized byte[][] values(int group, ColumnDescriptor column) throws IOException {
        try {
            Type only = column.getPath().length == 1
                    ? column.getPrimitiveType()
                    : schema.getType(column.getPath()[0]).asGroupType().withNewFields(column.getPrimitiveType());
            MessageType part = new MessageType(schema.getName(), only);
            reader.setRequestedSchema(part);
            PageReadStore pages = reader.readRowGroup(group);
            String writer = reader.getFooter().getFileMetaData().getCreatedBy();
            ColumnReader values = new ColumnReadStoreImpl(pages, new ParquetConverter(part), part, writer)
                    .getColumnReader(part.getColumns().get(0));
            return read(
                    values, (int) pages.getRowCount(), part.getColumns().get(0).getMaxDefinitionLevel());
        } catch (RuntimeException e) {
            throw new InputException(
                    Words.of("%s: row group %d is damaged (%s). Fetch the file again.", path, group, e.getMessage()),
                    e);
        }
    }

    private static byte[][] read(ColumnReader values, int rows, int present) {
        byte[][] all = new byte[rows][];
        for (int i = 0; i < rows; i++) {
            if (values.getCurrentDefinitionLevel() == present) {
                all[i] = values.getBinary().getBytes();
            }
            values.consume();
        }
        return all;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
