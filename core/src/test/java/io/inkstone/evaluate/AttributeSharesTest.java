package io.inkstone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import java.util.List;
import org.junit.jupiter.api.Test;

class AttributeSharesTest {
    /** Three pictures, two attributes: the first is asked for twice and seen once, and seen once where it was not asked for. */
    @Test
    void countsByHand() {
        float[] seen = {0.9f, 0.1f, 0.2f, 0.1f, 0.7f, 0.4f};
        AttributeShares shares =
                AttributeShares.of(seen, List.of(new float[] {1, 0}, new float[] {1, 0}, new float[2]));
        assertThat(shares.asked().get(0)).isEqualTo(0.5);
        assertThat(shares.unasked().get(0)).isEqualTo(1);
        assertThat(shares.right().get(0)).isCloseTo(1.0 / 3, within(1e-12));
        assertThat(shares.counts()).containsExactly(2, 0);
        assertThat(shares.asked().get(1)).isNaN();
        assertThat(shares.unasked().get(1)).isZero();
        assertThat(shares.right().get(1)).isEqualTo(1);
        assertThat(AttributeShares.mean(shares.asked())).isEqualTo(0.5);
        assertThat(shares.fewest()).isEqualTo(2);
        assertThat(shares.askedIntervals().get(0)).isEqualTo(Interval.ofShare(0.5, 2));
        assertThat(shares.unaskedIntervals().get(1)).isEqualTo(Interval.ofShare(0, 3));
    }

    @Test
    void refusesAnswersThatFitNoPictures() {
        assertThatThrownBy(() -> AttributeShares.of(new float[3], List.of(new float[2], new float[2])))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("got 2 pictures and 3 answers");
    }
}
