package io.inkstone.models.draw;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShownClassesTest {
    @Test
    void aThousandClassesAreShownBySixtyFour() {
        List<Integer> shown = ShownClasses.of(1000);
        assertThat(shown)
                .hasSize(64)
                .startsWith(0, 15, 31)
                .endsWith(984)
                .isSorted()
                .doesNotHaveDuplicates();
        GenerationRequest grid = GenerationRequest.grid(1000, 8, 0);
        assertThat(grid.seeds()).hasSize(512);
        assertThat(grid.conditions().get(9).weights().orElseThrow()[15]).isEqualTo(1);
        assertThat(ShownClasses.words(1000))
                .hasValueSatisfying(
                        words -> assertThat(words)
                                .isEqualTo(
                                        "Grids and the figures of drawn pictures show 64 of the 1,000 classes, spread over all of them."));
    }

    @Test
    void fewAreAllShown() {
        assertThat(ShownClasses.of(64)).isEqualTo(IntStream.range(0, 64).boxed().toList());
        assertThat(ShownClasses.of(0)).isEmpty();
        assertThat(ShownClasses.words(64)).isEmpty();
        assertThat(ShownClasses.of(100, true)).hasSize(100);
    }
}
