package io.inkstone.models.foreign;

import io.inkstone.array.NdArray;
import io.inkstone.layers.Conv2d;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.weights.LayerState;
import java.util.Map;

/**
 * What takes the place of a 1×1 convolution that a published copy of a network draws anew in every pass and therefore
 * never saves.
 */
public enum MissingShortcut {
    /** The skip contributes nothing: a block is conv2(conv1(x)) / 1.414. */
    ZERO {
        @Override
        Initializer initializer() {
            return Initializer.empty();
        }
    },
    /** One fixed projection with PyTorch's default first values: what a single pass of such a copy does. */
    RANDOM {
        @Override
        Initializer initializer() {
            return Initializer.seeded(new Seed(SEED));
        }
    };

    private static final long SEED = 0;

    abstract Initializer initializer();

    /** Arrays {@code weight} [out, in, 1, 1] and {@code bias} [out]. */
    public Map<String, NdArray> projection(int in, int out) {
        try (Scope scope = Scope.open();
                Layer convolution = Conv2d.pointwise(initializer(), in, out)) {
            return LayerState.of(convolution);
        }
    }
}
