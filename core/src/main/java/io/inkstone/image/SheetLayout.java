package io.inkstone.image;

import java.util.ArrayList;
import java.util.List;

/**
 * Where the parts of a sheet lie, in pixels.
 *
 * @param tileWidth an enlarged picture
 * @param tileHeight an enlarged picture
 * @param textSize factor of the font
 * @param rowWords wrapped words of each row
 * @param columnWords wrapped words of each column
 * @param captions wrapped words of each picture
 */
record SheetLayout(
        Sheet sheet,
        int tileWidth,
        int tileHeight,
        int textSize,
        List<List<String>> rowWords,
        List<List<String>> columnWords,
        List<List<String>> captions) {
    private static final int LONGEST_ROW_LABEL = 18;
    private static final int MOST_COLUMN_LINES = 2;
    private static final int MOST_CAPTION_LINES = 3;
    /** Tiles from this width on carry larger words. */
    private static final int WIDE_TILE = 192;

    static SheetLayout of(Sheet sheet) {
        Pixels first = sheet.pictures().get(0);
        int wide = first.width() * sheet.enlargement();
        int high = first.height() * sheet.enlargement();
        int size = wide >= WIDE_TILE ? 2 : 1;
        int fitting = Math.max(1, Glyphs.fitting(wide, size));
        int rowLines = Math.max(1, high / (Glyphs.LINE * size));
        Sheet.Labels words = sheet.labels();
        return new SheetLayout(
                sheet,
                wide,
                high,
                size,
                wrapped(words.rows(), LONGEST_ROW_LABEL, rowLines),
                wrapped(words.columns(), fitting, MOST_COLUMN_LINES),
                wrapped(words.captions(), fitting, MOST_CAPTION_LINES));
    }

    private static List<List<String>> wrapped(List<String> words, int characters, int lines) {
        List<List<String>> all = new ArrayList<>();
        words.forEach(text -> all.add(Glyphs.wrap(text, characters, lines)));
        return all;
    }

    Pixels draw() {
        int margin = sheet.look().margin();
        int left = margin + rowLabelWidth();
        int top = margin + linesHeight(columnWords);
        int stepX = tileWidth + margin;
        int stepY = tileHeight + linesHeight(captions) + margin;
        int columns = Math.min(sheet.columns(), sheet.pictures().size());
        long width = left + (long) stepX * columns;
        long height = top + (long) stepY * sheet.rows();
        Pixels.checkSize("A sheet", width, height);
        Canvas canvas = new Canvas((int) width, (int) height, sheet.look().background());
        for (int i = 0; i < sheet.pictures().size(); i++) {
            int x = left + i % sheet.columns() * stepX;
            int y = top + i / sheet.columns() * stepY;
            canvas.paste(Resize.enlarge(sheet.pictures().get(i), sheet.enlargement()), x, y);
            if (i < captions.size()) {
                centred(canvas, captions.get(i), x, y + tileHeight + 2 * textSize);
            }
        }
        for (int column = 0; column < Math.min(columns, columnWords.size()); column++) {
            List<String> words = columnWords.get(column);
            // Words of one line stand directly above the pictures.
            int y = top - Glyphs.LINE * textSize * words.size();
            centred(canvas, words, left + column * stepX, y);
        }
        drawRowWords(canvas, top, stepY);
        return canvas.picture();
    }

    private void drawRowWords(Canvas canvas, int top, int stepY) {
        int right = sheet.look().margin() + rowLabelWidth() - 3 * textSize;
        for (int row = 0; row < Math.min(sheet.rows(), rowWords.size()); row++) {
            List<String> lines = rowWords.get(row);
            int y = top + row * stepY + (tileHeight - lines.size() * Glyphs.LINE * textSize) / 2 + 2 * textSize;
            for (String line : lines) {
                int x = right - Glyphs.width(line, textSize);
                canvas.text(line, x, y, textSize, sheet.look().ink());
                y += Glyphs.LINE * textSize;
            }
        }
    }

    private void centred(Canvas canvas, List<String> lines, int left, int top) {
        int y = top;
        for (String line : lines) {
            int x = left + (tileWidth - Glyphs.width(line, textSize)) / 2;
            canvas.text(line, x, y, textSize, sheet.look().ink());
            y += Glyphs.LINE * textSize;
        }
    }

    private int rowLabelWidth() {
        int widest = rowWords.stream()
                .flatMap(List::stream)
                .mapToInt(line -> Glyphs.width(line, textSize))
                .max()
                .orElse(0);
        return widest == 0 ? 0 : widest + 5 * textSize;
    }

    private int linesHeight(List<List<String>> words) {
        int most = words.stream().mapToInt(List::size).max().orElse(0);
        return most == 0 ? 0 : (most * Glyphs.LINE + 2) * textSize;
    }
}
