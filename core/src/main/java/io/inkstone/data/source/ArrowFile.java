package io.inkstone.data.source;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.MappedFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.flatbuf.Endianness;
import org.apache.arrow.flatbuf.Message;
import org.apache.arrow.flatbuf.MessageHeader;
import org.apache.arrow.flatbuf.RecordBatch;
import org.apache.arrow.flatbuf.Schema;

/**
 * One Arrow file, as a stream or with a table at its end, of which only the stream is read. Its bytes are mapped: a picture
 * is read when it is wanted, alone.
 */
final class ArrowFile implements PictureTable {
    private static final byte[] FILE_MARK = "ARROW1\0\0".getBytes(StandardCharsets.US_ASCII);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path path;
    private final MappedFile file;
    private final List<ArrowBatch> batches = new ArrayList<>();
    private ArrowLayout layout;
    private String features;

    /** @param features what lies beside the file about its columns; if empty, what the file says itself */
    ArrowFile(Path path, String features) throws IOException {
        this.path = path;
        this.features = features;
        this.file = MappedFile.open(path);
        try {
            long at = startsWithMark() ? FILE_MARK.length : 0;
            while (at >= 0 && at < file.size()) {
                at = message(at);
            }
            if (layout == null) {
                throw new InputException(Words.of("%s is empty; an Arrow file was expected.", path));
            }
        } catch (InputException said) {
            file.close();
            throw said;
        } catch (RuntimeException e) {
            file.close();
            throw damaged(e);
        }
    }

    private boolean startsWithMark() throws IOException {
        return Arrays.equals(file.start(FILE_MARK.length), FILE_MARK);
    }

    private InputException damaged(RuntimeException e) {
        return new InputException(
                Words.of("%s is no Arrow file or damaged (%s). Fetch it again.", path, e.getMessage()), e);
    }

    /** Reads one message; gives where the next begins, or −1 at the end. */
    private long message(long start) throws IOException {
        int length = file.slice(start, Integer.BYTES).getInt();
        long at = start + Integer.BYTES;
        if (length == -1) { // the mark of newer writers
            length = file.slice(at, Integer.BYTES).getInt();
            at += Integer.BYTES;
        }
        if (length == 0) {
            return -1;
        }
        Message message = Message.getRootAsMessage(file.slice(at, length));
        long body = at + length;
        if (message.bodyLength() < 0 || message.bodyLength() > file.size() - body) {
            throw new InputException(Words.of(
                    "%s is cut short or damaged: a part of %d bytes was expected at %d of %d. Fetch it again.",
                    path, message.bodyLength(), body, file.size()));
        }
        switch (message.headerType()) {
            case MessageHeader.Schema -> schema((Schema) message.header(new Schema()), message.version());
            case MessageHeader.RecordBatch -> batch((RecordBatch) message.header(new RecordBatch()), message, body);
            default -> {} // dictionaries: columns of them are named, not read
        }
        return body + message.bodyLength();
    }

    private void schema(Schema schema, short version) throws IOException {
        if (schema.endianness() != Endianness.Little) {
            throw new InputException(path + " has its numbers in big-endian order, which is not read. Write it anew.");
        }
        layout = new ArrowLayout(schema, version);
        for (int i = 0; features.isEmpty() && i < schema.customMetadataLength(); i++) {
            if ("huggingface".equals(schema.customMetadata(i).key())) {
                features = JSON.readTree(schema.customMetadata(i).value())
                        .path("info")
                        .path("features")
                        .toString();
            }
        }
    }

    private void batch(RecordBatch record, Message message, long body) {
        if (layout == null) {
            throw new InputException(path + " begins with rows before it names its columns. Fetch it again.");
        }
        if (record.compression() != null) {
            throw new InputException(Words.of(
                    "%s has packed rows (LZ4 or ZSTD), which are not read. Write it without compression, or as Parquet.",
                    path));
        }
        boolean texts =
                layout.columns().stream().anyMatch(column -> column.shown().isBinary());
        int rows = Math.toIntExact(record.length());
        if (rows < 0 || texts && rows > message.bodyLength() / Integer.BYTES) {
            throw new InputException(
                    Words.of("%s is damaged: it claims %d rows in %d bytes.", path, rows, message.bodyLength()));
        }
        batches.add(new ArrowBatch(file, record, body, rows));
    }

    @Override
    public Path path() {
        return path;
    }

    @Override
    public List<TableColumn> columns() {
        return layout.columns().stream().map(ArrowLayout.Column::shown).toList();
    }

    @Override
    public String features() {
        return features;
    }

    @Override
    public int[] rowsPerGroup() {
        return batches.stream().mapToInt(ArrowBatch::rows).toArray();
    }

    /** Pictures stay in the file until they are wanted. */
    @Override
    public long bytes(int group) {
        return 0;
    }

    @Override
    public Object[] pictures(int group, TableColumn column) throws IOException {
        try {
            return batches.get(group).slices(place(column));
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw damaged(e);
        }
    }

    @Override
    public List<List<Object>> lists(int group, TableColumn column) throws IOException {
        try {
            return batches.get(group).lists(place(column));
        } catch (IndexOutOfBoundsException | ArithmeticException e) {
            throw damaged(e);
        }
    }

    private ArrowLayout.Column place(TableColumn column) {
        if (!column.isBinary() && column.kind() != TableColumn.Kind.NUMBER) {
            throw new InputException(Words.of(
                    "%s: the column %s holds values of a type that is not read (%s). Cast it to texts or whole numbers before writing the file.",
                    path, column.top(), column.words()));
        }
        return layout.columns().stream()
                .filter(one -> one.shown().equals(column))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
