package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataInfo;
import io.inkstone.data.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Names, classes and captions of the rows of tables that are one part of a set. */
final class TableRows {
    /** What a row without a class holds, as hubs write test parts whose classes are kept secret. */
    private static final String UNKNOWN = "-1";

    private final Origin origin;
    private final List<TableColumns> columns = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private final List<String> labels = new ArrayList<>();
    private final List<List<String>> captions = new ArrayList<>();
    private List<Entry> entries = List.of();

    TableRows(Origin origin) {
        this.origin = origin;
    }

    void add(PictureTable file) throws IOException {
        TableColumns own = TableColumns.of(file, origin.options());
        boolean empty = Arrays.stream(file.rowsPerGroup()).sum() == 0;
        if (!empty && !columns.isEmpty() && !sameKind(own, columns.get(0))) {
            throw new InputException(Words.of(
                    "%s has other columns than the files before it; files of one part need the same.", file.path()));
        }
        columns.add(own);
        List<String> unread = own.unread(file);
        if (!unread.isEmpty()) {
            origin.left().note(Words.of("Columns that are not read: %s.", String.join(", ", unread)));
        }
        int row = 0;
        for (int group = 0; group < file.rowsPerGroup().length; group++) {
            row = addGroup(file, own, group, row);
        }
    }

    private static boolean sameKind(TableColumns a, TableColumns b) {
        return a.label().isPresent() == b.label().isPresent()
                && a.caption().isPresent() == b.caption().isPresent();
    }

    private int addGroup(PictureTable file, TableColumns own, int group, int first) throws IOException {
        int count = file.rowsPerGroup()[group];
        List<List<String>> paths = texts(file, group, own.path(), count);
        List<List<String>> classes = texts(file, group, own.label(), count);
        captions.addAll(texts(file, group, own.caption(), count));
        for (int i = 0; i < count; i++) {
            String path = paths.get(i).isEmpty() ? "" : " (" + paths.get(i).get(0) + ")";
            names.add(Words.of("%s row %d%s", file.path().getFileName(), first + i, path));
            if (own.label().isPresent()) {
                labels.add(
                        classes.get(i).isEmpty()
                                ? UNKNOWN
                                : named(own, classes.get(i).get(0), names));
            }
        }
        return first + count;
    }

    private static String named(TableColumns own, String label, List<String> rows) {
        if (own.names().isEmpty() || label.equals(UNKNOWN)) {
            return label;
        }
        if (!label.matches("\\d{1,6}") || Integer.parseInt(label) >= own.names().size()) {
            throw new InputException(Words.of(
                    "%s has class %s, but the file names only %d classes.",
                    rows.get(rows.size() - 1), label, own.names().size()));
        }
        return own.names().get(Integer.parseInt(label));
    }

    private static List<List<String>> texts(PictureTable file, int group, Optional<TableColumn> column, int count)
            throws IOException {
        if (column.isEmpty()) {
            return Collections.nCopies(count, List.of());
        }
        return file.lists(group, column.get()).stream()
                .map(values -> values.stream().map(TableRows::text).toList())
                .toList();
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }

    int count() {
        return names.size();
    }

    List<TableColumns> columns() {
        return columns;
    }

    /** Adds what is known of classes and captions; entries are ready then. */
    DataInfo describe(DataInfo plain) {
        Labels of = labels();
        entries = new ArrayList<>(count());
        for (int i = 0; i < count(); i++) {
            entries.add(new Entry(names.get(i), of.contexts()[i], captions.get(i)));
        }
        boolean captioned = columns.stream().anyMatch(own -> own.caption().isPresent());
        DataInfo labelled = of.describe(plain);
        return captioned ? labelled.withCaptions() : labelled;
    }

    private Labels labels() {
        long unknown = labels.stream().filter(UNKNOWN::equals).count();
        if (labels.isEmpty() || unknown == labels.size()) {
            return Labels.none(count());
        }
        if (unknown > 0) {
            throw new InputException(Words.of(
                    "%s: %d of %d rows have no class; give each one, or remove them.",
                    origin.name(), unknown, labels.size()));
        }
        List<String> known = columns.get(0).names();
        if (known.isEmpty()) {
            return Labels.ofNames(labels);
        }
        return Labels.ofClasses(labels.stream().mapToInt(known::indexOf).toArray(), known);
    }

    List<Entry> entries() {
        return entries;
    }
}
