package io.inkstone.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Help.Ansi;

/**
 * Rows of cells as lines of text, every column as wide as its longest cell: words at the left of their column, figures at
 * the right. Names in Chinese count two places a sign, as terminals show them.
 */
final class Table {
    private static final String GAP = "  ";

    private final List<Side> sides;
    private final List<List<String>> rows = new ArrayList<>();

    /** Where the cells of a column stand. */
    enum Side {
        LEFT,
        RIGHT;

        private String cell(String words, int width) {
            String blanks = " ".repeat(width - places(words));
            return this == LEFT ? words + blanks : blanks + words;
        }
    }

    /** @param sides of the columns */
    Table(Side... sides) {
        this.sides = List.of(sides);
    }

    /** The first column of words, {@code figures} of figures. */
    static Table ofFigures(int figures) {
        Side[] sides = new Side[1 + figures];
        Arrays.fill(sides, Side.RIGHT);
        sides[0] = Side.LEFT;
        return new Table(sides);
    }

    /** One cell a column. */
    Table row(Object... cells) {
        if (cells.length != sides.size()) {
            throw new IllegalArgumentException(cells.length + " cells for " + sides.size() + " columns");
        }
        rows.add(Arrays.stream(cells).map(String::valueOf).toList());
        return this;
    }

    /** Every row with the end of its line. */
    @Override
    public String toString() {
        int[] widths = IntStream.range(0, sides.size()).map(this::width).toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, widths.length)
                        .mapToObj(i -> sides.get(i).cell(row.get(i), widths[i]))
                        .collect(Collectors.joining(GAP)))
                .map(line -> line.stripTrailing() + System.lineSeparator())
                .collect(Collectors.joining());
    }

    private int width(int column) {
        return rows.stream().mapToInt(row -> places(row.get(column))).max().orElse(0);
    }

    private static int places(String cell) {
        return Ansi.OFF.new Text(cell).getCJKAdjustedLength();
    }
}
