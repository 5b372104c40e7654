package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.cli.Table.Side;
import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void wordsStandLeftAndFiguresRight() {
        assertThat(new Table(Side.LEFT, Side.RIGHT, Side.LEFT)
                        .row("run", "steps", "drawn in")
                        .row("sprites", "1,234", "")
                        .row("fashion-vae", 7, "one pass")
                        .toString()
                        .lines())
                .containsExactly("run          steps  drawn in", "sprites      1,234", "fashion-vae      7  one pass");
    }

    /** A terminal shows a sign of Chinese in two places. */
    @Test
    void chineseNamesKeepTheColumnsStraight() {
        assertThat(new Table(Side.LEFT, Side.RIGHT)
                        .row("帽子", 12)
                        .row("glasses", 7)
                        .toString()
                        .lines())
                .containsExactly("帽子     12", "glasses   7");
    }

    @Test
    void namesAreShownAsTheyAre() {
        assertThat(new Table(Side.LEFT, Side.LEFT)
                        .row("100 %s", "a\\nb")
                        .toString()
                        .lines())
                .containsExactly("100 %s  a\\nb");
        assertThat(Table.ofFigures(1).row("", "").toString().lines()).containsExactly("");
    }

    @Test
    void aRowHasACellForEveryColumn() {
        assertThatThrownBy(() -> new Table(Side.LEFT).row("a", "b")).isInstanceOf(IllegalArgumentException.class);
    }
}
