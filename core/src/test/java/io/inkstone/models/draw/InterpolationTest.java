package io.inkstone.models.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import org.junit.jupiter.api.Test;

class InterpolationTest {
    private final NdArray ends = NdArray.of(new float[] {1, 0, 0, 1}, 2, 2);

    /** Halfway between two unit vectors at a right angle: 1/2 each on the line, 1/√2 each on the circle. */
    @Test
    void theLineLeavesTheCircle() {
        assertThat(Interpolation.LINEAR.between(ends, 3).toFloats())
                .containsExactly(new float[] {1, 0, 0.5f, 0.5f, 0, 1}, within(1e-6f));
        float root = (float) Math.sqrt(0.5);
        assertThat(Interpolation.SPHERICAL.between(ends, 3).toFloats())
                .containsExactly(new float[] {1, 0, root, root, 0, 1}, within(1e-6f));
    }

    @Test
    void refusesMoreThanAnArrayHolds() {
        assertThatThrownBy(() -> Interpolation.LINEAR.between(ends, Integer.MAX_VALUE))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("more than an array holds");
        assertThatThrownBy(() -> Interpolation.LINEAR.between(ends, 1)).hasMessageContaining("2 or more pictures");
    }
}
