package io.inkstone.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.tensor.Scope;
import org.junit.jupiter.api.Test;

class PlaceholdersTest {
    /** A network of gigabytes would take them twice while it is opened. */
    @Test
    void noLayerMakesMemoryOfThem() {
        try (Scope scope = Scope.open()) {
            Initializer init = Initializer.placeholders();
            for (Layer layer : new Layer[] {
                Conv2d.same(init, 64, 32), new ConvTranspose2d(init, 64, 32, 4, 2, 1, 0), new Linear(init, 64, 32)
            }) {
                assertThat(layer.state().get("weight").storage().nbytes())
                        .as(layer.getClass().getSimpleName())
                        .isEqualTo(Float.BYTES);
            }
        }
    }
}
