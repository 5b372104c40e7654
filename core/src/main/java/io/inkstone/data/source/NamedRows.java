package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows of values by the names of picture files, found also where the files have another ending or another spelling of
 * accents than the list.
 *
 * @param file the list, for messages
 * @param columns names of the values; empty where the list has none
 */
record NamedRows(Path file, List<String> columns, Map<String, Row> exact, Map<String, Row> withoutEnding) {
    /**
     * Values of one picture.
     *
     * @param line in the list, from 1
     */
    record Row(int line, List<String> values) {}

    /**
     * Reads a {@code .csv} with a head, or the text form: a line with the count, one with the names, then a line a
     * picture.
     *
     * @param bare the text form has neither count nor names
     */
    static NamedRows read(Path list, boolean bare) throws IOException {
        List<List<String>> lines = Folders.extension(list.toString()).equals("csv")
                ? CsvRows.of(list)
                : Arrays.stream(Origin.text(list).split("\\R"))
                        .map(line -> line.isBlank()
                                ? List.<String>of()
                                : List.of(line.strip().split("\\s+")))
                        .toList();
        boolean table = Folders.extension(list.toString()).equals("csv");
        int head = table ? 1 : bare ? 0 : 2;
        if (lines.size() < head) {
            throw new InputException(
                    list + " is cut short: a count, a line of names and a line a picture were expected.");
        }
        List<String> columns = head == 0 ? List.of() : lines.get(head - 1);
        columns = table ? columns.subList(1, columns.size()) : columns;
        NamedRows rows = new NamedRows(list, columns, new HashMap<>(), new HashMap<>());
        for (int i = head; i < lines.size(); i++) {
            if (!lines.get(i).isEmpty()) {
                rows.add(i + 1, lines.get(i));
            }
        }
        return rows;
    }

    private void add(int line, List<String> words) {
        List<String> values = new ArrayList<>(words.subList(1, words.size()));
        if (!columns.isEmpty() && values.size() != columns.size()) {
            throw new InputException(Words.of(
                    "%s, line %d: %d names, but %d values for %s.",
                    file, line, columns.size(), values.size(), words.get(0)));
        }
        Row row = new Row(line, values);
        String name = Folders.normal(words.get(0));
        exact.put(name, row);
        withoutEnding.merge(stem(name), row, (a, b) -> new Row(0, List.of()));
    }

    /** The row of a picture; a picture without one is an error. */
    Row of(Path picture) {
        String name = Folders.normal(Folders.name(picture));
        Row row = exact.getOrDefault(name, withoutEnding.get(stem(name)));
        if (row == null || row.line() == 0) {
            throw new InputException(Words.of(
                    "%s lies among the pictures, but %s has no line for it%s; complete the list or move it away.",
                    picture, file, row == null ? "" : " alone"));
        }
        return row;
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }
}
