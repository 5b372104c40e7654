package io.inkstone.data.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A table with commas (RFC 4180): values may be quoted, and hold commas and line breaks then. */
final class CsvRows {
    private static final CsvMapper CSV = CsvMapper.builder()
            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
            .enable(CsvParser.Feature.SKIP_EMPTY_LINES)
            .build();

    private CsvRows() {}

    /** Every row, the head too. Semicolons or tabs divide where the head has them and no comma. */
    static List<List<String>> of(Path file) throws IOException {
        String text = Origin.text(file);
        String head = text.lines().findFirst().orElse("");
        char between =
                head.indexOf(',') >= 0 ? ',' : head.indexOf('\t') >= 0 ? '\t' : head.indexOf(';') >= 0 ? ';' : ',';
        CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(between);
        try (MappingIterator<String[]> rows =
                CSV.readerFor(String[].class).with(schema).readValues(text)) {
            return rows.readAll().stream().map(List::of).toList();
        } catch (JsonProcessingException e) {
            throw new InputException(
                    Words.of("%s is no table with commas that can be read: %s", file, e.getOriginalMessage()), e);
        }
    }
}
