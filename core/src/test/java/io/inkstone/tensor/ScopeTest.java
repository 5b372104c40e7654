package io.inkstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class ScopeTest {
    @Test
    void everythingMadeInsideDiesInside() {
        Scope.run(() -> Tensors.zeros(2)); // classes that keep constants are loaded by now
        long before = LiveObjects.held();
        Scope.run(() -> Tensors.combine(1, Tensors.zeros(3), 2, Tensors.zeros(3)));
        assertThat(Scope.liveObjects()).isEqualTo(before);
    }

    @Test
    void whatIsKeptLivesInTheOuterScope() {
        long before = LiveObjects.held();
        try (Scope outer = Scope.open()) {
            Tensor kept = Scope.yielding(() -> Tensors.of(new float[] {1, 2}, 2).add(Tensors.zeros(2)));
            assertThat(Tensors.toFloats(kept)).containsExactly(1, 2);
        }
        assertThat(Scope.liveObjects()).isEqualTo(before);
    }

    @Test
    void whatIsOwnedLivesUntilReleased() {
        long before = LiveObjects.held();
        Tensor owned;
        try (Scope scope = Scope.open()) {
            owned = Scope.own(Tensors.of(new float[] {7}, 1));
        }
        assertThat(Tensors.toDouble(owned)).isEqualTo(7);
        Scope.release(owned);
        assertThat(owned.isNull()).isTrue();
        assertThat(Scope.liveObjects()).isEqualTo(before);
    }

    @Test
    void closesWhenTheWorkFails() {
        long before = LiveObjects.held();
        assertThatThrownBy(() -> Scope.run(() -> {
                    Tensors.zeros(4);
                    throw new IllegalStateException("on purpose");
                }))
                .hasMessage("on purpose");
        assertThat(Scope.liveObjects()).isEqualTo(before);
    }
}
