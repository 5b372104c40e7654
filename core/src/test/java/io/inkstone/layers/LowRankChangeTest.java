package io.inkstone.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import org.assertj.core.data.Offset;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class LowRankChangeTest {
    /** W·x, then (W + α/r·B·A)·x, by hand; and the same from the copy that many passes are made by. */
    @Test
    void addsItsProduct() {
        try (Scope scope = Scope.open()) {
            Initializer init = Initializer.seeded(new Seed(3));
            Linear linear = new Linear(init, 2, 2);
            Tensor x = Tensors.of(new float[] {1, 2}, 1, 2);
            float[] before = Tensors.toFloats(linear.apply(x));
            LowRankChange change = linear.changed(init, new LowRankChange.Size(1, 3));
            assertThat(change.parameters()).containsOnlyKeys("lora_A.weight", "lora_B.weight");
            assertThat(linear.parameters()).containsOnlyKeys("weight", "bias");
            assertThat(Tensors.toFloats(linear.apply(x))).containsExactly(before);
            try (NoGradient none = NoGradient.begin()) {
                change.parameters().get("lora_A.weight").copy_(Tensors.of(new float[] {1, -1}, 1, 2));
                change.parameters().get("lora_B.weight").copy_(Tensors.of(new float[] {0.5f, 2}, 2, 1));
            }
            // A·x = −1; times B and α/r = 3.
            float[] wanted = {before[0] - 1.5f, before[1] - 6};
            assertThat(Tensors.toFloats(linear.apply(x))).containsExactly(wanted, Offset.offset(1e-5f));
            float[] prepared = Layer.evaluating(() -> Frozen.during(() -> {
                linear.training(false);
                return Tensors.toFloats(Frozen.through(x, linear));
            }));
            assertThat(prepared).containsExactly(wanted, Offset.offset(1e-5f));
            linear.close();
            change.close();
        }
    }

    /** The layer itself learns nothing where it is held. */
    @Test
    void learnsAlone() {
        try (Scope scope = Scope.open()) {
            Initializer init = Initializer.seeded(new Seed(3));
            Linear linear = new Linear(init, 4, 3);
            linear.trainable(false);
            LowRankChange change = linear.changed(init, new LowRankChange.Size(2, 2));
            linear.apply(Tensors.of(new float[] {1, 2, 3, 4}, 1, 4)).sum().backward();
            assertThat(change.parameters().get("lora_B.weight").grad().defined())
                    .isTrue();
            assertThat(linear.parameters().get("weight").grad().defined()).isFalse();
            linear.close();
            change.close();
        }
    }
}
