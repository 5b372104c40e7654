package io.inkstone.condition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.List;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class ClassEncoderTest {
    private static final Condition HAT = Condition.classes(1, 0);
    private static final Condition CAPTIONED = Condition.of(new float[] {0, 0.5f}, "a hat");

    private final ClassEncoder two = new ClassEncoder(List.of("hat", "glasses"), () -> ComputeDevice.CPU);
    private final ClassEncoder none = new ClassEncoder(List.of(), 1, () -> ComputeDevice.CPU);

    /** Of what is known of a picture it takes the classes; words alone say nothing to it. */
    @Test
    void tellsTheWeights() {
        try (Scope scope = Scope.open()) {
            List<Condition> known = List.of(HAT, CAPTIONED, Condition.NONE, Condition.text("a hat"));
            Told told = two.told(known, 4);
            assertThat(Tensors.toFloats(told.vector())).containsExactly(1, 0, 0, 0.5f, 0, 0, 0, 0);
            assertThat(told.states()).isEmpty();
            assertThat(Tensors.toFloats(two.told(List.of(), 2).vector())).containsExactly(0, 0, 0, 0);
            assertThat(Tensors.toFloats(none.told(known, 4).vector())).containsExactly(0, 0, 0, 0);
        }
    }

    @Test
    void dropsAndRepeats() {
        try (Scope scope = Scope.open()) {
            Told told = two.told(List.of(HAT, CAPTIONED), 2);
            Tensor keep = Tensors.of(new float[] {0, 1}, 2, 1);
            assertThat(Tensors.toFloats(
                            told.keeping(keep, () -> two.told(List.of(), 2)).vector()))
                    .containsExactly(0, 0, 0, 0.5f);
            assertThat(Tensors.toFloats(told.repeated(2).vector())).containsExactly(1, 0, 0, 0.5f, 1, 0, 0, 0.5f);
            assertThat(told.followedBy(told).vector().shape()).containsExactly(4, 2);
        }
    }

    /** States of a text that is dropped become those of no text. */
    @Test
    void dropsWordsToo() {
        try (Scope scope = Scope.open()) {
            Tensor words = Tensors.of(new float[] {1, 2, 3, 4}, 2, 1, 2);
            Tensor silence = Tensors.of(new float[] {9, 9, 9, 9}, 2, 1, 2);
            Told told = Told.nothing(2, ComputeDevice.CPU).with(new Told.States(words, Optional.empty()));
            Told nothing = Told.nothing(2, ComputeDevice.CPU).with(new Told.States(silence, Optional.empty()));
            Told kept = told.keeping(Tensors.of(new float[] {1, 0}, 2, 1), () -> nothing);
            assertThat(Tensors.toFloats(kept.text().values())).containsExactly(1, 2, 9, 9);
        }
    }

    @Test
    void refusesWhatItWouldLeaveOut() {
        two.require(Condition.NONE);
        two.require(HAT);
        two.require(CAPTIONED);
        assertThatThrownBy(() -> two.require(Condition.text("a hat")))
                .isInstanceOf(InputException.class)
                .hasMessage(
                        "This model was not trained on words (\"a hat\"), which was asked for. It knows classes: hat, glasses.");
        assertThatThrownBy(() -> two.require(Condition.classes(1, 0, 0)))
                .hasMessage("Context of a picture: expected shape [2], got [3].");
        assertThatThrownBy(() -> none.require(HAT)).hasMessageContaining("trained without classes");
    }

    @Test
    void conditionsAreValues() {
        assertThat(HAT).isEqualTo(Condition.oneOf(0, 2)).hasSameHashCodeAs(Condition.oneOf(0, 2));
        assertThat(Condition.of(new float[0], "")).isEqualTo(Condition.NONE);
        assertThat(Condition.of(new float[0], "a hat")).isEqualTo(Condition.text("a hat"));
        assertThat(Condition.of(new float[] {1, 0}, "")).isEqualTo(HAT);
    }
}
