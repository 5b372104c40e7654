package io.inkstone.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ClassOrderTest {
    private static final List<String> AS_WRITTEN = List.of("hat", "beard", "glasses");
    private static final List<String> BY_ALPHABET = List.of("beard", "glasses", "hat");

    @Test
    void findsNamesInAnotherOrder() {
        ClassOrder order = ClassOrder.of(AS_WRITTEN, BY_ALPHABET).orElseThrow();
        assertThat(order.places()).containsExactly(2, 0, 1);
        assertThat(order.isTheSame()).isFalse();
        assertThat(order.of(new float[] {10, 20, 30})).containsExactly(30, 10, 20);
        assertThat(ClassOrder.of(AS_WRITTEN, AS_WRITTEN).orElseThrow().isTheSame())
                .isTrue();
    }

    /** Files of numbers know no names: their order is all that there is. */
    @Test
    void numbersStandForWhateverIsInTheirPlace() {
        List<String> numbers = List.of("0", "1", "2");
        assertThat(ClassOrder.of(AS_WRITTEN, numbers).orElseThrow().isTheSame()).isTrue();
        assertThat(ClassOrder.of(List.of("1", "2", "3"), AS_WRITTEN)
                        .orElseThrow()
                        .isTheSame())
                .isTrue();
        assertThat(ClassOrder.of(numbers, List.of("a", "b"))).isEmpty();
        assertThat(ClassOrder.ofNames(AS_WRITTEN, numbers)).isEmpty();
        assertThat(ClassOrder.of(numbers, List.of("0", "2", "1")).orElseThrow().places())
                .containsExactly(0, 2, 1);
    }

    @Test
    void otherNamesAreOtherClasses() {
        assertThat(ClassOrder.of(AS_WRITTEN, List.of("hat", "beard", "scarf"))).isEmpty();
        assertThat(ClassOrder.of(AS_WRITTEN, List.of("hat", "hat", "beard"))).isEmpty();
        assertThat(ClassOrder.of(List.of("hat", "hat", "beard"), List.of("hat", "beard", "glasses")))
                .isEmpty();
    }

    @Test
    void namesAFewOfThem() {
        assertThat(ClassOrder.words(BY_ALPHABET)).isEqualTo("3 classes (beard, glasses, hat)");
        assertThat(ClassOrder.words(
                        IntStream.range(0, 40).mapToObj(String::valueOf).toList()))
                .isEqualTo("40 classes (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …)");
    }
}
