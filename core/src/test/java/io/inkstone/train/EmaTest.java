package io.inkstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.layers.Sequence;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.Map;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class EmaTest {
    private static final int BATCH = 64;

    @Test
    void aPastWeightCountsHalfAfterAHalfLife() {
        try (Sequence network = Toy.convolutions(1);
                Ema ema = new Ema(network, Toy.convolutions(2), 100)) {
            float before = Tensors.toFloats(ema.network().parameters().get("0.bias"))[0];
            change(network, tensor -> tensor.add_(new Scalar(4.0)));
            ema.update(100, 1_000_000);
            assertThat((double) Tensors.toFloats(ema.network().parameters().get("0.bias"))[0])
                    .isCloseTo(before + 2, within(1e-6));
            assertThat((double) Tensors.toFloats(ema.network().buffers().get("1.running_mean"))[0])
                    .isCloseTo(2, within(1e-6));
        }
    }

    /** average ← network + decay·(average − network), the decay from a half-life that grows with the pictures seen. */
    @Test
    void followsEveryTensorAsInDoublePrecision() {
        try (Sequence network = Toy.convolutions(1);
                Ema ema = new Ema(network, Toy.convolutions(2), 500)) {
            Map<String, double[]> expected = new LinkedHashMap<>();
            network.state().forEach((name, tensor) -> expected.put(name, Tensors.toDoubles(tensor)));
            for (int step = 1; step <= 200; step++) {
                long address = step;
                change(
                        network,
                        tensor -> tensor.add_(Tensors.scale(
                                Tensors.normal(new Seed(4).generator(Seed.Purpose.NOISE, address), tensor.shape()),
                                0.1)));
                ema.update(BATCH, (long) step * BATCH);
                double halfLife = Math.min(500, 0.05 * step * BATCH);
                double decay = Math.pow(0.5, BATCH / halfLife);
                network.state().forEach((name, tensor) -> follow(expected.get(name), Tensors.toDoubles(tensor), decay));
            }
            ema.network().state().forEach((name, tensor) -> assertThat(Tensors.toDoubles(tensor))
                    .as(name)
                    .containsExactly(expected.get(name), within(2e-6)));
        }
    }

    private static void follow(double[] average, double[] values, double decay) {
        for (int i = 0; i < average.length; i++) {
            average[i] = values[i] + decay * (average[i] - values[i]);
        }
    }

    private static void change(Sequence network, java.util.function.Consumer<Tensor> change) {
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin()) {
            network.state().values().forEach(change);
        }
    }
}
