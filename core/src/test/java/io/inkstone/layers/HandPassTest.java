package io.inkstone.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.LiveObjects;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HandPassTest {
    /** Blocks with and without a change of width, a layer of autograd between them, and a norm alone. */
    private static Sequence network(int groups) {
        Initializer init = Initializer.seeded(new Seed(1));
        Sequence network = new Sequence(
                Conv2d.same(init, 3, 8),
                new ResidualNormBlock(init, 8, 16, groups, 1e-6),
                new Sequence(new ZeroPad(), new Conv2d(init, 16, 16, 3, 2, 0)),
                new Sequence(
                        new ResidualNormBlock(init, 16, 16, groups, 1e-6),
                        new ResidualNormBlock(init, 16, 16, groups, 1e-6)),
                new GroupNorm(init, groups, 16, 1e-6),
                Activation.silu(),
                Conv2d.same(init, 16, 2));
        // Off the first values, 1 and 0, of which a wrong formula may know nothing.
        network.parameters().forEach((name, tensor) -> {
            if (tensor.dim() == 1) {
                tensor.detach().add_(init.uniform(0.5, tensor.size(0)));
            }
        });
        return network;
    }

    private static Map<String, float[]> gradients(
            Sequence network, BlockPass blocks, int pictures, Precision precision) {
        try (Scope scope = Scope.open()) {
            network.parameters()
                    .values()
                    .forEach(parameter -> parameter.mutable_grad().reset());
            Tensor draws = Tensors.normal(new Seed(2).generator(Seed.Purpose.NOISE), pictures, 3, 6, 10);
            Tensor x = Tensors.channelsLast(draws).requires_grad_(true);
            Tensor y = precision.compute(ComputeDevice.CPU, () -> network.apply(x, blocks));
            Tensor weights = Tensors.normal(new Seed(3).generator(Seed.Purpose.NOISE), y.shape());
            Tensor loss = y.to(ScalarType.Float).mul(weights).square().mean();
            if (blocks instanceof HandPass hand) {
                hand.backward(loss);
            } else {
                loss.backward();
            }
            Map<String, float[]> values = new LinkedHashMap<>();
            values.put("output", Tensors.toFloats(y));
            values.put("input", Tensors.toFloats(x.grad()));
            network.parameters().forEach((name, parameter) -> values.put(name, Tensors.toFloats(parameter.grad())));
            return values;
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 8", "1, 4", "3, 8", "2, 1"})
    void gradientsAreThoseOfAutograd(int pictures, int groups) {
        try (Scope scope = Scope.open();
                Sequence network = network(groups)) {
            Map<String, float[]> plain = gradients(network, BlockPass.PLAIN, pictures, Precision.FLOAT32);
            Map<String, float[]> hand = gradients(network, new HandPass(), pictures, Precision.FLOAT32);
            assertThat(hand.keySet()).isEqualTo(plain.keySet());
            plain.forEach((name, values) -> assertThat(hand.get(name))
                    .as(name)
                    .containsExactly(values, within(2e-5f * Passes.largest(values) + 1e-6f)));
        }
    }

    /** Against float32, bfloat16 errs by hand about as much as by autograd: other products are rounded. */
    @ParameterizedTest
    @CsvSource({"1, 8", "3, 4"})
    void bfloat16ErrsAsAutogradDoes(int pictures, int groups) {
        try (Scope scope = Scope.open();
                Sequence network = network(groups)) {
            Map<String, float[]> exact = gradients(network, BlockPass.PLAIN, pictures, Precision.FLOAT32);
            Map<String, float[]> plain = gradients(network, BlockPass.PLAIN, pictures, Precision.BFLOAT16);
            Map<String, float[]> hand = gradients(network, new HandPass(), pictures, Precision.BFLOAT16);
            exact.forEach((name, values) -> assertThat(distance(hand.get(name), values))
                    .as(name)
                    .isLessThan(
                            2 * distance(plain.get(name), values) + 0.01 * distance(new float[values.length], values)));
        }
    }

    @Test
    void addsToWhatIsThereAndKeepsNothing() {
        try (Scope scope = Scope.open();
                Sequence network = network(4)) {
            gradients(network, new HandPass(), 1, Precision.BFLOAT16);
            long live = LiveObjects.held();
            gradients(network, new HandPass(), 1, Precision.BFLOAT16);
            assertThat(Scope.liveObjects()).isEqualTo(live);
            Tensor once = network.parameters().get("1.s.2.weight").grad().clone();
            Tensor weight = network.parameters().get("1.s.2.weight");
            ByHand.gather(weight, once);
            assertThat(Tensors.toDouble(weight.grad().sub(once).sub(once).abs().sum()))
                    .isZero();
        }
    }

    /** As when the loss is not a number. */
    @Test
    void keepsNothingWhereNobodyGoesBack() {
        try (Scope scope = Scope.open();
                Sequence network = network(4)) {
            Tensor x = Tensors.channelsLast(Tensors.normal(new Seed(2).generator(Seed.Purpose.NOISE), 1, 3, 6, 10));
            for (KeptPass pass : List.of(new HandPass(), new Recomputation())) {
                long before = LiveObjects.held();
                try (Scope forward = Scope.open()) {
                    network.apply(x, pass);
                }
                assertThat(LiveObjects.held())
                        .as(pass.getClass().getSimpleName())
                        .isGreaterThan(before);
                pass.close();
                assertThat(LiveObjects.held()).isEqualTo(before);
            }
        }
    }

    @Test
    void withoutGradientsItIsThePlainPass() {
        try (Scope scope = Scope.open();
                Sequence network = network(4)) {
            Tensor x = Tensors.channelsLast(Tensors.normal(new Seed(2).generator(Seed.Purpose.NOISE), 1, 3, 6, 10));
            float[] hand = Tensors.toFloats(Layer.evaluating(() -> network.apply(x, new HandPass())));
            assertThat(hand).isEqualTo(Tensors.toFloats(Layer.evaluating(() -> network.apply(x))));
        }
    }

    private static double distance(float[] some, float[] others) {
        double sum = 0;
        for (int i = 0; i < some.length; i++) {
            sum += Math.pow(some[i] - others[i], 2);
        }
        return Math.sqrt(sum);
    }
}
