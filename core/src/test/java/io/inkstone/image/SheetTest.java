package io.inkstone.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class SheetTest {
    private static final int RED = 0xFF0000;
    private static final int BLUE = 0x0000FF;

    private static Pixels sprite(int colour) {
        return Pixels.filled(16, 16, colour);
    }

    private static int colour(Pixels picture, int x, int y) {
        return picture.at(x, y, 0) << 16 | picture.at(x, y, 1) << 8 | picture.at(x, y, 2);
    }

    @Test
    void smallPicturesAreEnlargedAndSetApart() {
        Pixels sheet =
                Sheet.of(List.of(sprite(RED), sprite(BLUE), sprite(BLUE)), 2).draw();
        assertThat(sheet.width()).isEqualTo(2 + 64 + 2 + 64 + 2);
        assertThat(sheet.height()).isEqualTo(2 + 64 + 2 + 64 + 2);
        assertThat(colour(sheet, 1, 1)).isEqualTo(0xFFFFFF);
        assertThat(colour(sheet, 2, 2)).isEqualTo(RED);
        assertThat(colour(sheet, 65, 65)).isEqualTo(RED);
        assertThat(colour(sheet, 66, 2)).isEqualTo(0xFFFFFF);
        assertThat(colour(sheet, 68, 2)).isEqualTo(BLUE);
        assertThat(colour(sheet, 2, 68)).isEqualTo(BLUE);
        assertThat(colour(sheet, 68, 68)).isEqualTo(0xFFFFFF); // the last row is short
    }

    @Test
    void enlargementBySize() {
        assertThat(Sheet.of(List.of(Pixels.filled(28, 28, 0))).enlargement()).isEqualTo(2);
        assertThat(Sheet.of(List.of(Pixels.filled(64, 64, 0))).enlargement()).isEqualTo(1);
        assertThat(Sheet.of(List.of(Pixels.filled(512, 512, 0))).enlargement()).isEqualTo(1);
        assertThat(Sheet.of(List.of(sprite(0))).withEnlargement(3).draw().width())
                .isEqualTo(48 + 4);
    }

    @Test
    void wordsTakeRoomAndInk() {
        Sheet plain = Sheet.of(List.of(sprite(RED), sprite(RED)), 2);
        Sheet worded = plain.withRowLabels(List.of("a row"))
                .withColumnLabels(List.of("one", "two"))
                .withCaptions(
                        List.of("first", "second, a longer one than fits into any three lines of such a picture"));
        assertThat(worded.draw().height()).isEqualTo(plain.draw().height() + 13 + 3 * 11 + 2);
        assertThat(worded.draw().width()).isEqualTo(plain.draw().width() + 29 + 5);
    }

    @Test
    void stacks() {
        Pixels wide = Pixels.filled(6, 2, RED);
        Pixels high = Pixels.filled(3, 4, BLUE);
        Pixels above = Sheet.above(Sheet.Look.LIGHT, List.of(wide, high));
        assertThat(List.of(above.width(), above.height())).containsExactly(6, 2 + 2 + 4);
        assertThat(colour(above, 0, 4)).isEqualTo(BLUE);
        assertThat(colour(above, 5, 7)).isEqualTo(0xFFFFFF);
        Pixels beside = Sheet.beside(Sheet.Look.LIGHT, List.of(wide, high));
        assertThat(List.of(beside.width(), beside.height())).containsExactly(6 + 2 + 3, 4);
        assertThat(colour(beside, 8, 3)).isEqualTo(BLUE);
    }

    @Test
    void filmStripHasARowPerPicture() {
        List<Pixels> start = List.of(sprite(0), sprite(1));
        List<Pixels> end = List.of(sprite(RED), sprite(BLUE));
        Sheet strip = FilmStrip.of(List.of(start, start, end));
        assertThat(strip.columns()).isEqualTo(3);
        assertThat(strip.pictures())
                .containsExactly(sprite(0), sprite(0), sprite(RED), sprite(1), sprite(1), sprite(BLUE));
        assertThat(FilmStrip.thinned(List.of(0, 1, 2, 3, 4, 5, 6, 7, 8), 3)).containsExactly(0, 4, 8);
        assertThat(FilmStrip.thinned(List.of(1, 2), 3)).containsExactly(1, 2);
    }

    @Test
    void refusesUnequalAndNoPictures() {
        assertThatThrownBy(() -> Sheet.of(List.of())).hasMessageContaining("at least one picture");
        assertThatThrownBy(() -> Sheet.of(List.of(sprite(0), Pixels.filled(2, 2, 0))))
                .hasMessageContaining("one size");
        assertThatThrownBy(() -> FilmStrip.of(List.of(List.of(sprite(0)), List.of())))
                .hasMessageContaining("another 0");
        Sheet huge = Sheet.of(Collections.nCopies(3000, Pixels.filled(512, 512, 0)), 50);
        assertThatThrownBy(huge::draw).hasMessageContaining("A sheet of");
    }
}
