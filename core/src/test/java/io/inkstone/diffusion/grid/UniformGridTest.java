package io.inkstone.diffusion.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UniformGridTest {
    private final UniformGrid grid = new UniformGrid(500);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 20, 24, 25, 30, 300, 499, 500})
    void hasExactlyTheStepsAskedFor(int steps) {
        int[] indices = grid.indices(steps);
        assertThat(indices).hasSize(steps + 1).startsWith(500).endsWith(0);
        for (int k = 0; k < steps; k++) {
            assertThat(indices[k]).isGreaterThan(indices[k + 1]);
            assertThat(indices[k + 1]).isEqualTo((int) Math.floor(500.0 * (steps - k - 1) / steps + 0.5));
        }
    }

    @Test
    void meetsThePublishedTwentySteps() {
        assertThat(grid.indices(20)).startsWith(500, 475, 450).endsWith(50, 25, 0);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, -1, 501})
    void refusesOtherNumbers(int steps) {
        assertThatThrownBy(() -> grid.times(steps))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("choose 1 to 500 sampling steps, got " + steps);
    }
}
