package io.inkstone.layers;

import static io.inkstone.layers.Passes.error;
import static io.inkstone.layers.Passes.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.tensor.LiveObjects;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Linear layers, transposed convolutions and blocks of the modern network, prepared for many passes. */
class FrozenMapsTest {
    private Scope scope;
    private Initializer init;

    @BeforeEach
    void open() {
        scope = Scope.open();
        init = Initializer.seeded(new Seed(1));
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static Tensor noise(long... shape) {
        return Tensors.normal(new Seed(2).generator(Seed.Purpose.NOISE), shape);
    }

    /** Rows to a map: every map with a norm behind it and one without. */
    private Sequence linear() {
        return new Sequence(
                new Linear(init, 5, 12),
                Passes.learned(init, 12),
                Activation.relu(),
                new Linear(init, 12, 6),
                new Linear(init, 6, 7),
                Passes.learned(init, 7));
    }

    /** Overlaps, none, and a single channel: the three ways of the layer. */
    private Sequence transposed() {
        return new Sequence(
                new ConvTranspose2d(init, 5, 8, 3, 2, 1, 1),
                Passes.learned(init, 8),
                Activation.relu(),
                new ConvTranspose2d(init, 8, 6, 2, 2, 0, 0),
                Passes.learned(init, 6),
                new ConvTranspose2d(init, 6, 1, 4, 2, 1, 0),
                Passes.learned(init, 1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void normsAreFoldedToRounding(boolean rows) {
        Tensor x = rows ? noise(9, 5) : Tensors.channelsLast(noise(2, 5, 6, 4));
        try (Sequence network = rows ? linear() : transposed()) {
            Supplier<Tensor> work = () -> network.apply(x);
            float[] plain = pass(network, Precision.FLOAT32, work);
            float[] frozen = pass(network, Precision.FLOAT32, () -> Frozen.during(work));
            assertThat(frozen).containsExactly(plain, within(2e-5f));
            // bfloat16 keeps 8 bits: both ways differ from float32 by as much.
            double own = error(pass(network, Precision.BFLOAT16, work), plain);
            assertThat(error(pass(network, Precision.BFLOAT16, () -> Frozen.during(work)), plain))
                    .isLessThan(2 * own + 1e-3);
        }
    }

    /** The norms are gone: what changes in one during the work is not seen, as nothing may change. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void normsAreFoldedOnce(boolean rows) {
        Tensor x = rows ? noise(9, 5) : Tensors.channelsLast(noise(2, 5, 6, 4));
        try (Sequence network = rows ? linear() : transposed()) {
            Tensor shift = network.buffers().get("1.running_mean");
            Layer.evaluating(() -> Frozen.during(() -> {
                float[] first = Tensors.toFloats(network.apply(x));
                shift.add_(new Scalar(5.0));
                assertThat(Tensors.toFloats(network.apply(x))).isEqualTo(first);
                return null;
            }));
            assertThat(network.training()).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "BFLOAT16"})
    void leavesNothingBehind(Precision precision) {
        try (Sequence network = transposed();
                AdaptiveBlock block = block(Norm.GROUP)) {
            Tensor x = Tensors.channelsLast(noise(2, 5, 6, 4));
            Supplier<Tensor> work = () -> {
                network.apply(x);
                return block.apply(x, noise(2, 3));
            };
            pass(network, precision, () -> Frozen.during(work));
            long live = LiveObjects.held();
            pass(network, precision, () -> Frozen.during(work));
            assertThat(Scope.liveObjects()).isEqualTo(live);
        }
    }

    /** With a last convolution that says something, which an untrained one does not. */
    private AdaptiveBlock block(Norm norm) {
        AdaptiveBlock block = new AdaptiveBlock(init, new AdaptiveBlock.Make(norm, 3, 0.1), 5, 8);
        block.parameters().get("conv2.weight").detach().copy_(init.uniform(0.3, 8, 8, 3, 3));
        block.buffers()
                .forEach((name, tensor) ->
                        tensor.copy_(init.uniform(1, tensor.size(0)).abs().add(new Scalar(0.5))));
        return block;
    }

    @ParameterizedTest
    @EnumSource
    void blocksOfTheModernNetworkAgreeToRounding(Norm norm) {
        Tensor x = Tensors.channelsLast(noise(2, 5, 6, 4));
        Tensor embedding = noise(2, 3);
        try (AdaptiveBlock block = block(norm)) {
            Supplier<Tensor> work = () -> block.apply(x, embedding);
            float[] plain = pass(block, Precision.FLOAT32, work);
            assertThat(pass(block, Precision.FLOAT32, () -> Frozen.during(work)))
                    .containsExactly(plain, within(1e-5f));
            double own = error(pass(block, Precision.BFLOAT16, work), plain);
            assertThat(error(pass(block, Precision.BFLOAT16, () -> Frozen.during(work)), plain))
                    .isLessThan(2 * own + 1e-3);
        }
    }

    @Test
    void blocksOfTheModernNetworkPrepareTheirWeightsOnce() {
        Tensor x = Tensors.channelsLast(noise(2, 5, 6, 4));
        Tensor embedding = noise(2, 3);
        try (AdaptiveBlock block = block(Norm.GROUP)) {
            Layer.evaluating(() -> Frozen.during(() -> {
                float[] first = Tensors.toFloats(block.apply(x, embedding));
                for (String name : new String[] {"conv1.weight", "conv2.weight", "skip.weight"}) {
                    block.parameters().get(name).mul_(new Scalar(3.0));
                }
                assertThat(Tensors.toFloats(block.apply(x, embedding))).isEqualTo(first);
                return null;
            }));
        }
    }
}
