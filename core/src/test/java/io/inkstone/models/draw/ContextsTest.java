package io.inkstone.models.draw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContextsTest {
    private static final List<String> CLASSES = List.of("hat", "glasses", "7");

    @Test
    void labelsAreNumbersOrNames() {
        assertThat(Contexts.labels("1,hat", CLASSES, 2))
                .containsExactly(Condition.classes(0, 1, 0), Condition.classes(1, 0, 0));
        assertThat(Contexts.labels("glasses", CLASSES, 2)).hasSize(2);
        // A name wins over a number.
        assertThat(Contexts.labels("7", CLASSES, 1)).containsExactly(Condition.classes(0, 0, 1));
    }

    @Test
    void mixesHaveWeights() {
        assertThat(Contexts.mix("hat=0.7, glasses=0.3", CLASSES, 3))
                .hasSize(3)
                .containsOnly(Condition.classes(0.7f, 0.3f, 0));
    }

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

    @Test
    void namesWhatIsUnknown() {
        assertThatThrownBy(() -> Contexts.labels("hatt", CLASSES, 1))
                .hasMessageContaining("There is no class 'hatt'. Did you mean hat?");
        assertThatThrownBy(() -> Contexts.labels("9", CLASSES, 1)).hasMessageContaining("this model has 3, 0 to 2");
        assertThatThrownBy(() -> Contexts.labels("0,1", CLASSES, 3))
                .hasMessage("2 labels for 3 pictures: give one for each, or one for all.");
        assertThatThrownBy(() -> Contexts.mix("hat=much", CLASSES, 1)).hasMessageContaining("such as 0.7");
        assertThatThrownBy(() -> Contexts.labels("0", List.of(), 1)).hasMessageContaining("without classes");
    }
}
