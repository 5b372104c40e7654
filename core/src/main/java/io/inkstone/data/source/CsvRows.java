package io.inkstone.data.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A table with commas (RFC 4180): values may be quoted, and hold commas and line breaks then. */
final class CsvRows {
    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private static final int START = 1 << 20;

    private CsvRows() {}

    /** Every row, the head too. Semicolons or tabs divide where the head has them and no comma. */
    static List<List<String>> of(Path file) throws IOException {
        return of(file, Origin.text(file), Integer.MAX_VALUE, false);
    }

    /** The first rows, out of the first megabyte: enough to see whether a file of any size is a table that is looked for. */
    static List<List<String>> first(Path file, int most) throws IOException {
        byte[] start;
        try (InputStream in = Files.newInputStream(file)) {
            start = in.readNBytes(START);
        }
        List<List<String>> rows = of(file, Origin.text(start), most, start.length == START);
        return rows.size() < 2 && start.length == START ? of(file) : rows; // a row that is longer than what was read
    }

    /** @param cut the text ends anywhere; the row in which it does is left out */
    private static List<List<String>> of(Path file, String text, int most, boolean cut) throws IOException {
        String head = text.lines().findFirst().orElse("");
        char between =
                head.indexOf(',') >= 0 ? ',' : head.indexOf('\t') >= 0 ? '\t' : head.indexOf(';') >= 0 ? ';' : ',';
        CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(between);
        List<List<String>> all = new ArrayList<>();
        try (MappingIterator<String[]> rows =
                CSV.readerFor(String[].class).with(schema).readValues(text)) {
            while (all.size() < most && rows.hasNextValue()) {
                all.add(List.of(rows.nextValue()));
            }
        } catch (JsonProcessingException e) {
            if (!cut) {
                throw new InputException(
                        Words.of("%s is no table with commas that can be read: %s", file, e.getOriginalMessage()), e);
            }
            return all;
        }
        return cut && all.size() < most ? all.subList(0, Math.max(0, all.size() - 1)) : all;
    }
}
