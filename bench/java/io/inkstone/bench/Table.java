package io.inkstone.bench;

import java.util.Collections;
import java.util.List;

/** A table in Markdown. */
final class Table {
    private final StringBuilder text = new StringBuilder("\n");
    private int rows;

    Table(List<String> header) {
        line(header);
        line(Collections.nCopies(header.size(), "---"));
        rows = 0;
    }

    Table row(List<String> cells) {
        line(cells);
        return this;
    }

    private void line(List<String> cells) {
        text.append('|');
        cells.forEach(cell -> text.append(' ').append(safe(cell)).append(" |"));
        text.append('\n');
        rows++;
    }

    boolean isEmpty() {
        return rows == 0;
    }

    /** In one line, without what would end a cell. */
    static String safe(String words) {
        return words.replace('\n', ' ').replace("|", "\\|");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
