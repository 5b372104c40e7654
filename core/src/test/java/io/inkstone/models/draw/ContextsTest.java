package io.inkstone.models.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import org.junit.jupiter.api.Test;

class ContextsTest {
    @Test
    void arraysAreTakenRowByRow() {
        NdArray array = NdArray.of(new float[] {1, 0, 0, 0, 1, 0}, 2, 3);
        assertThat(Contexts.rows(array, 2)).containsExactly(Condition.classes(1, 0, 0), Condition.classes(0, 1, 0));
    }

    /** Half way lies the mean; ends of different widths are no way. */
    @Test
    void waysGoFromOneContextToAnother() {
        assertThat(Contexts.between(new float[] {1, 0}, new float[] {0, 0.5f}, Interpolation.LINEAR, 3))
                .containsExactly(Condition.classes(1, 0), Condition.classes(0.5f, 0.25f), Condition.classes(0, 0.5f));
        assertThatThrownBy(() -> Contexts.between(new float[2], new float[3], Interpolation.LINEAR, 2))
                .hasMessage("The context at the end of the way: expected shape [2], got [3].");
    }
}
