package io.inkstone.wish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.condition.Condition;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.models.draw.GenerationRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DrawWishTest {
    private static final KnownClasses MODEL = KnownClasses.of("a", "b", "c");

    @TempDir
    static Path folder;

    @Test
    void withoutAWordAllClassesAreDrawn() {
        GenerationRequest request = DrawWish.builder().build().request(MODEL);
        assertThat(request.seeds()).hasSize(24).startsWith(0L, 1L).endsWith(23L);
        assertThat(request.conditions().get(7)).isEqualTo(Condition.oneOf(0, 3));
        assertThat(request.conditions().get(8)).isEqualTo(Condition.oneOf(1, 3));
        assertThat(DrawWish.builder().build().request(KnownClasses.of()).seeds())
                .hasSize(16);
        assertThat(DrawWish.builder().count(7).build().columns(MODEL, 7)).isEqualTo(3);
    }

    @Test
    void theLabelsSayHowManyPictures() {
        GenerationRequest request =
                DrawWish.builder().seed(5).labels("b,0").build().request(MODEL);
        assertThat(request.seeds()).containsExactly(5L, 6L);
        assertThat(request.conditions()).containsExactly(Condition.oneOf(1, 3), Condition.oneOf(0, 3));
    }

    @Test
    void whatIsStartedFromSaysHowManyPictures() throws IOException {
        Path noise = folder.resolve("n.npy");
        Npy.write(noise, NdArray.of(new float[6], 3, 2));
        Start start = new Start(Optional.of(noise.toString()), Optional.empty());
        DrawWish wish = DrawWish.builder().context("none").start(start).build();
        assertThat(wish.request(MODEL).seeds()).hasSize(3);
        assertThat(wish.files()).containsExactly(noise.toString());
        assertThatThrownBy(() -> wish.toBuilder().count(2).build().request(MODEL))
                .hasMessage("2 pictures were asked for, but %s holds 3 starts: leave out count.".formatted(noise));
    }

    @Test
    void seedsEnd() {
        assertThatThrownBy(
                        () -> DrawWish.builder().count(3).seed(Long.MAX_VALUE).build())
                .hasMessageContaining("Seeds end at");
        assertThatThrownBy(() -> DrawWish.builder()
                        .labels("a,b,a")
                        .seed(Long.MAX_VALUE - 1)
                        .build())
                .hasMessageContaining("Seeds end at");
    }

    /** What is said anew takes the place of what it excludes. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    {"labels":"a"}     | {"context":"b=1"}     | {"context":"b=1"}
                    {"context":"a"}    | {"prompt":"a hat"}    | {"prompt":"a hat"}
                    {"clamp":true}     | {"threshold":0.9}     | {"threshold":0.9}
                    {"noise":"n.npy","count":2} | {"seed":3}   | {"count":2,"seed":3}
                    {"seed":3,"count":2} | {"latents":"z.npy"} | {"seed":3,"latents":"z.npy"}
                    {"guidance":3.0}   | {"guidanceRescale":0.5} | {"guidance":3.0,"guidanceRescale":0.5}
                    """)
    void aWishOverAnOlderOne(String older, String mine, String both) {
        assertThat(DrawWish.over(Fields.parsed(mine), Fields.parsed(older)).text())
                .isEqualTo(both);
    }

    @Test
    void aPictureCarriesItsWish() {
        Path picture = folder.resolve("drawn.png");
        DrawWish wish = DrawWish.builder().count(2).labels("a").build();
        write(picture, wish.text());
        ObjectNode nothing = Fields.empty();
        assertThat(DrawWish.like(picture, nothing)).isEqualTo(wish);
        write(picture, "{\"theta\":1}");
        assertThatThrownBy(() -> DrawWish.like(picture, nothing))
                .hasMessageContaining("has 'theta', which this version does not know");
        write(picture, "no object");
        assertThatThrownBy(() -> DrawWish.like(picture, nothing)).hasMessageContaining("cannot be read");
        PictureFile.write(picture, Pixels.filled(4, 4, 0), Map.of());
        assertThatThrownBy(() -> DrawWish.like(picture, nothing)).hasMessageContaining("carries no recipe");
    }

    private static void write(Path picture, String text) {
        PictureFile.write(picture, Pixels.filled(4, 4, 0), Map.of(DrawWish.PNG_KEYWORD, text));
    }
}
