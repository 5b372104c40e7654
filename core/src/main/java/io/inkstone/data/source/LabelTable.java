package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.Split;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A table with a head, one of whose columns names pictures.
 *
 * @param file the table
 * @param part that its own name says
 * @param columns the head
 * @param key the column that names pictures
 * @param rows without the head, each as long as it
 */
record LabelTable(Path file, Optional<Split> part, List<String> columns, int key, List<List<String>> rows) {
    private static final int LOOKED_AT = 50;
    /** The table, if one of its columns names pictures. */
    static Optional<LabelTable> of(Path file, ListedFiles files, Optional<String> said) throws IOException {
        List<List<String>> start = CsvRows.first(file, 1 + LOOKED_AT);
        if (start.size() < 2) {
            return Optional.empty();
        }
        List<String> head = start.get(0).stream().map(String::strip).toList();
        Optional<Split> part = PartName.ofFile(Folders.name(file));
        for (int column : order(head, said)) {
            long found = start.stream()
                    .skip(1)
                    .filter(row -> row.size() > column
                            && !files.named(row.get(column), part).isEmpty())
                    .count();
            if (found > 0) {
                List<List<String>> all = CsvRows.of(file);
                LabelTable table =
                        new LabelTable(file, part, head, column, filled(file, head, all.subList(1, all.size())));
                table.requireHead(files);
                return Optional.of(table);
            }
        }
        return Optional.empty();
    }

    /** Which columns may name pictures, the likeliest first: numbers of classes may be called like pictures too. */
    private static Set<Integer> order(List<String> head, Optional<String> said) {
        Set<Integer> order = new LinkedHashSet<>();
        said.map(head::indexOf).filter(index -> index >= 0).ifPresent(order::add);
        for (String key : ColumnNames.FILES) {
            for (int i = 0; i < head.size(); i++) {
                if (head.get(i).equalsIgnoreCase(key)) {
                    order.add(i);
                }
            }
        }
        for (int i = 0; i < head.size() && said.isEmpty(); i++) {
            if (!LabelColumns.isLabel(head.get(i))) {
                order.add(i);
            }
        }
        return order;
    }

    private static List<List<String>> filled(Path file, List<String> head, List<List<String>> rows) {
        List<List<String>> all = new ArrayList<>(rows.size());
        for (List<String> row : rows) {
            if (row.size() > head.size()) {
                throw new InputException(Words.of(
                        "%s, row %d has %d values for %d columns; put values with commas in quotation marks.",
                        file, all.size() + 2, row.size(), head.size()));
            }
            List<String> whole = new ArrayList<>(row);
            while (whole.size() < head.size()) {
                whole.add("");
            }
            all.add(whole);
        }
        return all;
    }

    private void requireHead(ListedFiles files) {
        if (!files.named(columns.get(key), part).isEmpty()) {
            throw new InputException(Words.of(
                    "%s has no line of names: its first line is of a picture already (%s). Write one above it, such as file_name,label.",
                    file, columns.get(key)));
        }
    }

    /** The picture of each row; all must be there. */
    List<Path> pictures(ListedFiles files) {
        List<Path> all = new ArrayList<>(rows.size());
        List<String> missing = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            String value = rows.get(i).get(key);
            List<Path> found = files.named(value, part);
            if (found.size() > 1) {
                throw new InputException(Words.of(
                        "%s, row %d: %s may be %s or %s. Write their paths into the list.",
                        file, i + 2, value, found.get(0), found.get(1)));
            }
            if (found.isEmpty()) {
                missing.add(value);
            } else {
                all.add(found.get(0));
            }
        }
        if (!missing.isEmpty()) {
            throw new InputException(Words.of(
                    "%s names %,d pictures, but %,d of them are missing (%s%s); add them or remove their rows.",
                    file, rows.size(), missing.size(), missing.get(0), missing.size() > 1 ? ", …" : ""));
        }
        return all;
    }

    List<String> values(int column) {
        return rows.stream().map(row -> row.get(column).strip()).toList();
    }
}
