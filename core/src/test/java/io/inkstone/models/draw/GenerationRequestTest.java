package io.inkstone.models.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import org.junit.jupiter.api.Test;

class GenerationRequestTest {
    @Test
    void seedsFollowOneAnotherToTheLargest() {
        assertThat(GenerationRequest.seeds(3, -2)).containsExactly(-2L, -1L, 0L);
        assertThat(GenerationRequest.of(2, Long.MAX_VALUE - 1).seeds())
                .containsExactly(Long.MAX_VALUE - 1, Long.MAX_VALUE);
        assertThat(GenerationRequest.seeds(0, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void noSeedFollowsTheLargest() {
        assertThatThrownBy(() -> GenerationRequest.of(3, Long.MAX_VALUE - 1))
                .isInstanceOf(InputException.class)
                .hasMessage("Seeds end at 9223372036854775807: from 9223372036854775806 on there are only 2, and 3"
                        + " pictures need one each. Give a smaller --seed.");
    }
}
