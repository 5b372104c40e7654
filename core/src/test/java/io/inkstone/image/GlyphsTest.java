package io.inkstone.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GlyphsTest {
    private static String drawn(char character) {
        StringBuilder rows = new StringBuilder();
        for (int y = 0; y < 9; y++) {
            for (int x = 0; x < 5; x++) {
                rows.append(Glyphs.ink(character, x, y) ? '#' : '.');
            }
            rows.append('\n');
        }
        return rows.toString();
    }

    @Test
    void everyCharacterHasItsOwnShape() {
        Set<String> shapes = new HashSet<>();
        for (char c = ' '; c <= '~'; c++) {
            assertThat(shapes.add(drawn(c))).as("shape of %s", c).isTrue();
        }
        assertThat(drawn('T')).startsWith("#####\n..#..\n..#..\n");
        assertThat(drawn('\u7814')).isEqualTo(drawn('?'));
    }

    @Test
    void wrapsAtSpacesAndShortens() {
        assertThat(Glyphs.wrap("a young woman, smiling", 9, 3)).containsExactly("a young", "woman,", "smiling");
        assertThat(Glyphs.wrap("a young woman, smiling", 9, 2)).containsExactly("a young", "woman,..");
        assertThat(Glyphs.wrap("unbreakable", 4, 2)).containsExactly("unbr", "ea..");
        assertThat(Glyphs.wrap("  ", 4, 2)).isEmpty();
        assertThat(Glyphs.wrap("\uD83D\uDD8Bx", 4, 2)).containsExactly("?x");
    }
}
