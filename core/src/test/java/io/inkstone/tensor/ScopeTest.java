package io.inkstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class ScopeTest {
    @Test
    void everythingMadeInsideDiesInside() {
        Scope.run(() -> Tensors.zeros(2)); // classes that keep constants are loaded by now
        long before = Scope.liveObjects();
        Scope.run(() -> Tensors.combine(1, Tensors.zeros(3), 2, Tensors.zeros(3)));
        assertThat(Scope.liveObjects()).isEqualTo(before);
    }

    @Test
    void whatIsKeptLivesInTheOuterScope() {
        long before = Scope.liveObjects();
        try (Scope outer = Scope.open()) {
            Tensor kept = Scope.yielding(() -> Tensors.of(new float[] {1, 2}, 2).add(Tensors.zeros(2)));
            assertThat(Tensors.toFloats(kept)).containsExactly(1, 2);
        }
        assertThat(Scope.liveObjects()).isEqualTo(before);
    }

    @Test
    void whatIsOwnedLivesUntilReleased() {
        Tensor owned = Scope.yielding(() -> Scope.own(Tensors.of(new float[] {7}, 1)));
        assertThat(Tensors.toDouble(owned)).isEqualTo(7);
        Scope.release(owned);
    }

    @Test
    void closesWhenTheWorkFails() {
        long before = Scope.liveObjects();
        try {
            Scope.run(() -> {
                Tensors.zeros(4);
                throw new IllegalStateException("on purpose");
            });
        } catch (IllegalStateException expected) {
            assertThat(expected).hasMessage("on purpose");
        }
        assertThat(Scope.liveObjects()).isEqualTo(before);
    }
}
