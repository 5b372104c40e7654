package io.inkstone.image;

import java.util.ArrayList;
import java.util.List;

/**
 * A bitmap font of our own for labels: ASCII, 5 pixels wide, 7 above the base line and 2 below. System fonts are not used,
 * because a Java without fontconfig, as on many servers, throws at the first letter.
 */
final class Glyphs {
    /** From one character to the next, at size 1. */
    static final int ADVANCE = 6;

    /** From one line to the next, at size 1. */
    static final int LINE = 11;

    private static final int WIDE = 5;
    private static final int HIGH = 9;
    private static final int PER_BAND = 16;
    private static final char FIRST = ' ';
    private static final char LAST = '~';

    /** Sixteen characters side by side in each band, from the space to the tilde. */
    private static final String DRAWN =
            """
            ..... ..#.. .#.#. .#.#. ..#.. ##..# .##.. ..#.. ...#. .#... ..... ..... ..... ..... ..... ....#
            ..... ..#.. .#.#. .#.#. .#### ##..# #..#. ..#.. ..#.. ..#.. ..#.. ..#.. ..... ..... ..... ....#
            ..... ..#.. .#.#. ##### #.#.. ...#. #.#.. ..#.. .#... ...#. #.#.# ..#.. ..... ..... ..... ...#.
            ..... ..#.. ..... .#.#. .###. ..#.. .#... ..... .#... ...#. .###. ##### ..... .###. ..... ..#..
            ..... ..#.. ..... ##### ..#.# .#... #.#.# ..... .#... ...#. #.#.# ..#.. ..... ..... ..... .#...
            ..... ..... ..... .#.#. ####. #..## #..#. ..... ..#.. ..#.. ..#.. ..#.. ..##. ..... .##.. #....
            ..... ..#.. ..... .#.#. ..#.. #..## .##.# ..... ...#. .#... ..... ..... ..##. ..... .##.. #....
            ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ...#. ..... ..... .....
            ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..#.. ..... ..... .....

            .###. ..#.. .###. .###. ...#. ##### ..##. ##### .###. .###. ..... ..... ...#. ..... .#... .###.
            #...# .##.. #...# #...# ..##. #.... .#... ....# #...# #...# ..... ..... ..#.. ..... ..#.. #...#
            #..## ..#.. ....# ....# .#.#. ####. #.... ...#. #...# #...# .##.. ..##. .#... ##### ...#. ....#
            #.#.# ..#.. ...#. ..##. #..#. ....# ####. ..#.. .###. .#### .##.. ..##. #.... ..... ....# ...#.
            ##..# ..#.. ..#.. ....# ##### ....# #...# .#... #...# ....# ..... ..... .#... ##### ...#. ..#..
            #...# ..#.. .#... #...# ...#. #...# #...# .#... #...# ...#. .##.. ..##. ..#.. ..... ..#.. .....
            .###. .###. ##### .###. ...#. .###. .###. .#... .###. .##.. .##.. ..##. ...#. ..... .#... ..#..
            ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ...#. ..... ..... ..... .....
            ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..#.. ..... ..... ..... .....

            .###. ..#.. ####. .###. ####. ##### ##### .###. #...# .###. ..### #...# #.... #...# #...# .###.
            #...# .#.#. #...# #...# #...# #.... #.... #...# #...# ..#.. ...#. #..#. #.... ##.## ##..# #...#
            #.### #...# #...# #.... #...# #.... #.... #.... #...# ..#.. ...#. #.#.. #.... #.#.# ##..# #...#
            #.#.# #...# ####. #.... #...# ####. ####. #.### ##### ..#.. ...#. ##... #.... #.#.# #.#.# #...#
            #.### ##### #...# #.... #...# #.... #.... #...# #...# ..#.. ...#. #.#.. #.... #...# #..## #...#
            #.... #...# #...# #...# #...# #.... #.... #...# #...# ..#.. #..#. #..#. #.... #...# #..## #...#
            .###. #...# ####. .###. ####. ##### #.... .#### #...# .###. .##.. #...# ##### #...# #...# .###.
            ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... .....
            ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... .....

            ####. .###. ####. .#### ##### #...# #...# #...# #...# #...# ##### .###. #.... .###. ..#.. .....
            #...# #...# #...# #.... ..#.. #...# #...# #...# #...# #...# ....# .#... #.... ...#. .#.#. .....
            #...# #...# #...# #.... ..#.. #...# #...# #...# .#.#. .#.#. ...#. .#... .#... ...#. #...# .....
            ####. #...# ####. .###. ..#.. #...# #...# #.#.# ..#.. ..#.. ..#.. .#... ..#.. ...#. ..... .....
            #.... #.#.# #.#.. ....# ..#.. #...# #...# #.#.# .#.#. ..#.. .#... .#... ...#. ...#. ..... .....
            #.... #..#. #..#. ....# ..#.. #...# .#.#. ##.## #...# ..#.. #.... .#... ....# ...#. ..... .....
            #.... .##.# #...# ####. ..#.. .###. ..#.. #...# #...# ..#.. ##### .###. ....# .###. ..... .....
            ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... #####
            ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... ..... .....

            .#... ..... #.... ..... ....# ..... ..##. ..... #.... ..#.. ...#. #.... .##.. ..... ..... .....
            ..#.. ..... #.... ..... ....# ..... .#... ..... #.... ..... ..... #.... ..#.. ..... ..... .....
            ..... .###. ####. .###. .#### .###. ####. .#### ####. .##.. ..##. #..#. ..#.. ##.#. ####. .###.
            ..... ....# #...# #.... #...# #...# .#... #...# #...# ..#.. ...#. #.#.. ..#.. #.#.# #...# #...#
            ..... .#### #...# #.... #...# ##### .#... #...# #...# ..#.. ...#. ##... ..#.. #.#.# #...# #...#
            ..... #...# #...# #.... #...# #.... .#... #...# #...# ..#.. ...#. #.#.. ..#.. #.#.# #...# #...#
            ..... .#### ####. .###. .#### .###. .#... .#### #...# .###. ...#. #..#. .###. #.#.# #...# .###.
            ..... ..... ..... ..... ..... ..... ..... ....# ..... ..... ...#. ..... ..... ..... ..... .....
            ..... ..... ..... ..... ..... ..... ..... .###. ..... ..... .##.. ..... ..... ..... ..... .....

            ..... ..... ..... ..... .#... ..... ..... ..... ..... ..... ..... ...#. ..#.. .#... .....
            ..... ..... ..... ..... .#... ..... ..... ..... ..... ..... ..... ..#.. ..#.. ..#.. .....
            ####. .#### #.##. .#### ####. #...# #...# #...# #...# #...# ##### ..#.. ..#.. ..#.. .#...
            #...# #...# ##... #.... .#... #...# #...# #.#.# .#.#. #...# ...#. .#... ..#.. ...#. #.#.#
            #...# #...# #.... .###. .#... #...# #...# #.#.# ..#.. #...# ..#.. ..#.. ..#.. ..#.. ...#.
            #...# #...# #.... ....# .#... #...# .#.#. #.#.# .#.#. #...# .#... ..#.. ..#.. ..#.. .....
            ####. .#### #.... ####. ..##. .#### ..#.. .#.#. #...# .#### ##### ...#. ..#.. .#... .....
            #.... ....# ..... ..... ..... ..... ..... ..... ..... ....# ..... ..... ..... ..... .....
            #.... ....# ..... ..... ..... ..... ..... ..... ..... .###. ..... ..... ..... ..... .....
            """;

    private static final int[][] ROWS = rows();

    private Glyphs() {}

    private static int[][] rows() {
        String[] lines = DRAWN.strip().split("\\s*\\n\\s*");
        int[][] rows = new int[LAST - FIRST + 1][HIGH];
        for (int glyph = 0; glyph < rows.length; glyph++) {
            for (int y = 0; y < HIGH; y++) {
                int start = glyph % PER_BAND * ADVANCE;
                String line = lines[glyph / PER_BAND * HIGH + y];
                for (int x = 0; x < WIDE; x++) {
                    rows[glyph][y] |= line.charAt(start + x) == '#' ? 1 << x : 0;
                }
            }
        }
        return rows;
    }

    /** Columns that a line takes, without the gap after its last character. */
    static int width(String text, int size) {
        return text.isEmpty() ? 0 : (text.length() * ADVANCE - 1) * size;
    }

    /** How many characters fit into some columns. */
    static int fitting(int width, int size) {
        return (width / size + 1) / ADVANCE;
    }

    /** Whether a pixel of a character is ink; what has no drawing is shown as a question mark. */
    static boolean ink(char character, int x, int y) {
        char drawn = character >= FIRST && character <= LAST ? character : '?';
        return (ROWS[drawn - FIRST][y] >> x & 1) != 0;
    }

    /** Draws one line with its upper left corner at (left, top). */
    static void draw(Canvas canvas, String text, int left, int top, int size, int colour) {
        for (int i = 0; i < text.length(); i++) {
            for (int y = 0; y < HIGH; y++) {
                for (int x = 0; x < WIDE; x++) {
                    if (ink(text.charAt(i), x, y)) {
                        canvas.fill(left + (i * ADVANCE + x) * size, top + y * size, size, size, colour);
                    }
                }
            }
        }
    }

    /** Breaks a text at spaces into lines of so many characters; what goes beyond the last line ends in "..". */
    static List<String> wrap(String text, int characters, int mostLines) {
        List<String> lines = new ArrayList<>();
        if (characters < 1 || mostLines < 1) {
            return lines;
        }
        String rest = shown(text);
        while (!rest.isEmpty() && lines.size() < mostLines) {
            if (rest.length() <= characters) {
                lines.add(rest);
                return lines;
            }
            if (lines.size() == mostLines - 1) {
                lines.add(shortened(rest, characters));
                return lines;
            }
            int space = rest.lastIndexOf(' ', characters);
            int end = space > 0 ? space : characters;
            lines.add(rest.substring(0, end));
            rest = rest.substring(end).strip();
        }
        return lines;
    }

    private static String shortened(String text, int characters) {
        return characters <= 2
                ? text.substring(0, characters)
                : text.substring(0, characters - 2).strip() + "..";
    }

    /** One char for one character, so that a surrogate pair is one question mark. */
    private static String shown(String text) {
        StringBuilder shown = new StringBuilder();
        String plain = text.strip().replaceAll("\\s+", " ").replace('\u2212', '-');
        plain.codePoints().forEach(c -> shown.append(c >= FIRST && c <= LAST ? (char) c : '?'));
        return shown.toString();
    }
}
