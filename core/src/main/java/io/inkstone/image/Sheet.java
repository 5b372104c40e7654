package io.inkstone.image;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.ArrayList;
import java.util.List;

/**
 * Pictures of one size in rows and columns, drawn to one picture. Small pictures are enlarged by whole factors, so that
 * every pixel of them is seen. Labels are ASCII in a bitmap font; other characters appear as question marks.
 *
 * @param pictures row after row; the last row may be short
 * @param columns pictures per row, at least 1
 * @param look sizes and colours
 * @param labels words around the pictures
 */
public record Sheet(List<Pixels> pictures, int columns, Look look, Labels labels) {
    /** Side up to which pictures are enlarged by themselves: 16 is shown ×4, 28 and 32 ×2, 64 as it is. */
    private static final int VISIBLE_SIDE = 64;

    /**
     * @param enlargement whole factor of each picture, or 0 to choose by its size
     * @param margin pixels around and between pictures
     * @param background colour between pictures, {@code 0xRRGGBB}
     * @param ink colour of words, {@code 0xRRGGBB}
     */
    public record Look(int enlargement, int margin, int background, int ink) {
        /** White with narrow gaps. */
        public static final Look LIGHT = new Look(0, 2, 0xFFFFFF, 0x202020);

        public Look {
            if (enlargement < 0 || margin < 0 || margin > 1000) {
                throw new InputException(Words.of(
                        "A sheet needs an enlargement of at least 0 and a margin of 0 to 1000, got %d and %d.",
                        enlargement, margin));
            }
        }
    }

    /**
     * @param rows left of each row; empty for none
     * @param columns above each column; empty for none
     * @param captions under each picture; empty for none
     */
    public record Labels(List<String> rows, List<String> columns, List<String> captions) {
        /** No words. */
        public static final Labels NONE = new Labels(List.of(), List.of(), List.of());

        public Labels {
            rows = List.copyOf(rows);
            columns = List.copyOf(columns);
            captions = List.copyOf(captions);
        }
    }

    public Sheet {
        pictures = List.copyOf(pictures);
        if (pictures.isEmpty() || columns < 1) {
            throw new InputException(Words.of(
                    "A sheet needs at least one picture and one column, got %d and %d.", pictures.size(), columns));
        }
        Pixels first = pictures.get(0);
        for (Pixels picture : pictures) {
            if (picture.width() != first.width() || picture.height() != first.height()) {
                throw new InputException(Words.of(
                        "Pictures of one sheet have one size: the first is %s, another %s. Resize them first.",
                        first, picture));
            }
        }
    }

    /** A sheet without words; pictures by their size enlarged. */
    public static Sheet of(List<Pixels> pictures, int columns) {
        return new Sheet(pictures, columns, Look.LIGHT, Labels.NONE);
    }

    /** As square as possible, wider rather than higher. */
    public static Sheet of(List<Pixels> pictures) {
        return of(pictures, Math.max(1, (int) Math.ceil(Math.sqrt(pictures.size()))));
    }

    public Sheet withLook(Look other) {
        return new Sheet(pictures, columns, other, labels);
    }

    /** Each picture as squares of {@code factor}; 0 chooses by its size. */
    public Sheet withEnlargement(int factor) {
        return withLook(new Look(factor, look.margin(), look.background(), look.ink()));
    }

    public Sheet withRowLabels(List<String> rows) {
        return new Sheet(pictures, columns, look, new Labels(rows, labels.columns(), labels.captions()));
    }

    public Sheet withColumnLabels(List<String> words) {
        return new Sheet(pictures, columns, look, new Labels(labels.rows(), words, labels.captions()));
    }

    /** Words under each picture, wrapped to at most three lines. */
    public Sheet withCaptions(List<String> captions) {
        return new Sheet(pictures, columns, look, new Labels(labels.rows(), labels.columns(), captions));
    }

    /** Rows of pictures. */
    public int rows() {
        return (pictures.size() + columns - 1) / columns;
    }

    /** The factor by which each picture is enlarged. */
    public int enlargement() {
        Pixels first = pictures.get(0);
        return look.enlargement() > 0
                ? look.enlargement()
                : Math.max(1, VISIBLE_SIDE / Math.max(first.width(), first.height()));
    }

    /** The sheet as an RGB picture. */
    public Pixels draw() {
        return SheetLayout.of(this).draw();
    }

    /** Drawn pictures one above the other, left-aligned on the background of the look. */
    public static Pixels above(Look look, List<Pixels> parts) {
        return stacked(look, parts, false);
    }

    /** Drawn pictures side by side, top-aligned on the background of the look. */
    public static Pixels beside(Look look, List<Pixels> parts) {
        return stacked(look, parts, true);
    }

    private static Pixels stacked(Look look, List<Pixels> parts, boolean sideways) {
        if (parts.isEmpty()) {
            throw new InputException("At least one picture is needed to put pictures together.");
        }
        List<int[]> corners = new ArrayList<>();
        int along = 0;
        int across = 0;
        for (Pixels part : parts) {
            corners.add(new int[] {sideways ? along : 0, sideways ? 0 : along});
            along = Math.addExact(along, (sideways ? part.width() : part.height()) + look.margin());
            across = Math.max(across, sideways ? part.height() : part.width());
        }
        along -= look.margin();
        Canvas canvas = new Canvas(sideways ? along : across, sideways ? across : along, look.background());
        for (int i = 0; i < parts.size(); i++) {
            canvas.paste(parts.get(i), corners.get(i)[0], corners.get(i)[1]);
        }
        return canvas.picture();
    }
}
