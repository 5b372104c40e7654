package io.inkstone.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class MultiplicationsTest {
    private final Initializer init = Initializer.empty();

    @Test
    void aWeightMeetsEveryOutputPosition() {
        assertThat(of(Conv2d.same(init, 3, 4), 2, 3, 8, 8)).isEqualTo(2 * 8 * 8 * 3 * 4 * 9);
        assertThat(of(new Linear(init, 5, 7), 2, 5)).isEqualTo(2 * 5 * 7);
    }

    /** Halving the side quarters the work: the input's positions do not count. */
    @Test
    void aStrideSavesWork() {
        assertThat(of(new Conv2d(init, 3, 4, 3, 2, 1), 2, 3, 8, 8)).isEqualTo(2 * 4 * 4 * 3 * 4 * 9);
    }

    @Test
    void transposedItMeetsEveryInputPosition() {
        assertThat(of(new ConvTranspose2d(init, 4, 3, 4, 2, 1, 0), 2, 4, 8, 8)).isEqualTo(2 * 8 * 8 * 3 * 4 * 16);
    }

    private static double of(Unary layer, long... shape) {
        try (layer;
                Scope scope = Scope.open()) {
            Tensor input = Tensors.zeros(shape);
            return Multiplications.of(layer, input, layer.apply(input));
        }
    }
}
