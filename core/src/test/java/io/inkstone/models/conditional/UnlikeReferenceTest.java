package io.inkstone.models.conditional;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npz;
import io.inkstone.golden.Golden;
import io.inkstone.layers.BlockPass;
import io.inkstone.layers.Frozen;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.Recomputation;
import io.inkstone.models.stable.FormulaWeights;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Hardware;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** A U-Net unlike the published ones in every size, with odd sides, nine input channels and a guidance weight, beside the reference. */
class UnlikeReferenceTest {
    private final Map<String, NdArray> reference = reference();
    private final Scope scope = Scope.open();
    private final ConditionalUnet unet = unet();

    private static Path file(String name) {
        try {
            return Path.of(Golden.class.getResource("conditional/" + name).toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, NdArray> reference() {
        try {
            return Npz.read(file("conditional.npz"));
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    private static ConditionalUnet unet() {
        try (NoGradient none = NoGradient.begin()) {
            ConditionalUnet made = new ConditionalUnet(
                    Initializer.empty(), ConditionalConfig.parse(Files.readString(file("config.json"))));
            Map<String, Tensor> state = made.state();
            long[] number = {0};
            state.keySet().stream().sorted().forEach(name -> {
                long[] shape = state.get(name).shape();
                state.get(name).copy_(Tensors.of(FormulaWeights.values(name, number[0]++, shape), shape));
            });
            return made;
        } catch (IOException failure) {
            throw new java.io.UncheckedIOException(failure);
        }
    }

    @AfterEach
    void release() {
        unet.close();
        scope.close();
    }

    private Tensor answer(BlockPass blocks) {
        Prompted prompt = new Prompted(
                Tensors.of(reference.get("states")),
                OptionalDouble.of(reference.get("guidance").toDoubles()[0]));
        return unet.apply(Tensors.of(reference.get("noisy")), Tensors.of(reference.get("times")), prompt, blocks);
    }

    private static double error(float[] got, float[] wanted) {
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < wanted.length; i++) {
            largest = Math.max(largest, Math.abs(wanted[i]));
            difference = Math.max(difference, Math.abs(wanted[i] - got[i]));
        }
        return difference / largest;
    }

    @Test
    void answersAsTheReference() {
        float[] wanted = reference.get("answer").toFloats();
        assertThat(error(Tensors.toFloats(answer(BlockPass.PLAIN)), wanted)).isLessThan(1e-5);
        float[] frozen = Tensors.toFloats(Layer.evaluating(() -> Frozen.during(() -> answer(BlockPass.PLAIN))));
        assertThat(error(frozen, wanted)).isLessThan(1e-5);
    }

    @Test
    void learnsAsTheReference() {
        answer(BlockPass.PLAIN).square().mean().backward();
        assertGradients();
    }

    /** With blocks computed twice the gradients are the same, all of them. */
    @Test
    void learnsTheSameWithLessMemory() {
        answer(BlockPass.PLAIN).square().mean().backward();
        Map<String, float[]> plain = new java.util.TreeMap<>();
        unet.parameters().forEach((name, tensor) -> plain.put(name, Tensors.toFloats(tensor.grad())));
        unet.parameters().values().forEach(tensor -> tensor.mutable_grad().zero_());
        try (Recomputation twice = new Recomputation()) {
            Tensor loss = answer(twice).square().mean();
            twice.backward(loss);
        }
        assertGradients();
        unet.parameters().forEach((name, tensor) -> assertThat(error(Tensors.toFloats(tensor.grad()), plain.get(name)))
                .as(name)
                .isLessThan(1e-4));
    }

    private void assertGradients() {
        List<String> names = reference.keySet().stream()
                .filter(key -> key.startsWith("gradient."))
                .map(key -> key.substring("gradient.".length()))
                .toList();
        assertThat(names).hasSize(4);
        for (String name : names) {
            float[] got = Tensors.toFloats(unet.parameters().get(name).grad());
            assertThat(error(got, reference.get("gradient." + name).toFloats()))
                    .as(name)
                    .isLessThan(1e-4);
        }
    }

    /** Weights in two bytes give what the same values in four give. */
    @Test
    void keepsWeightsInTheirStoredType() {
        try (NoGradient none = NoGradient.begin()) {
            unet.state().values().forEach(tensor -> tensor.set_data(tensor.to(ScalarType.Half)));
            float[] plain = Tensors.toFloats(answer(BlockPass.PLAIN));
            float[] frozen = Tensors.toFloats(Layer.evaluating(() -> Frozen.during(() -> answer(BlockPass.PLAIN))));
            unet.state().values().forEach(tensor -> tensor.set_data(tensor.to(ScalarType.Float)));
            float[] wanted = Tensors.toFloats(answer(BlockPass.PLAIN));
            assertThat(error(plain, wanted)).isLessThan(1e-5);
            assertThat(error(frozen, wanted)).isLessThan(1e-5);
        }
    }

    @Test
    void answersNearlyTheSameInBfloat16() {
        Assumptions.assumeTrue(
                Hardware.here().multipliesBfloat16(), "skipped: this processor has no kernels for bfloat16");
        float[] wanted = reference.get("answer").toFloats();
        Tensor answer = Layer.evaluating(() ->
                Precision.BFLOAT16.compute(ComputeDevice.CPU, () -> Frozen.during(() -> answer(BlockPass.PLAIN))));
        assertThat(error(Tensors.toFloats(answer), wanted)).isBetween(1e-6, 0.05);
    }

    /** Frozen passes and training steps of either kind inside a scope. */
    @Test
    void leavesNothingBehind() {
        long[] live = new long[2];
        for (int i = 0; i < 2; i++) {
            Scope.run(() -> Layer.evaluating(() -> Frozen.during(() -> answer(BlockPass.PLAIN))));
            Scope.run(() -> answer(BlockPass.PLAIN).square().mean().backward());
            Scope.run(() -> {
                try (Recomputation twice = new Recomputation()) {
                    twice.backward(answer(twice).square().mean());
                }
            });
            live[i] = Scope.liveObjects();
        }
        assertThat(live[1]).isEqualTo(live[0]);
    }
}
