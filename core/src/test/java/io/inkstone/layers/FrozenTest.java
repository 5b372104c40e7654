package io.inkstone.layers;

import static io.inkstone.layers.Passes.error;
import static io.inkstone.layers.Passes.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.LiveObjects;
import io.inkstone.tensor.Operator;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.MemoryFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FrozenTest {
    private Scope scope;
    private Initializer init;
    private Tensor x;

    @BeforeEach
    void open() {
        scope = Scope.open();
        init = Initializer.seeded(new Seed(1));
        x = Tensors.channelsLast(Tensors.normal(new Seed(2).generator(Seed.Purpose.NOISE), 2, 5, 9, 7));
    }

    @AfterEach
    void close() {
        scope.close();
    }

    /** Every way in which a convolution can be followed, with running statistics far from their first values. */
    private Sequence network(Activation activation) {
        return new Sequence(
                new Conv2d(init, 5, 6, 3, 2, 1),
                norm(6),
                activation,
                Conv2d.pointwise(init, 6, 4),
                norm(4),
                Conv2d.same(init, 4, 8),
                Activation.relu(),
                new GroupNorm(init, 2, 8, 1e-5),
                Conv2d.same(init, 8, 1));
    }

    /** Copies would hand none on. */
    @Test
    void gradientsGoThroughTheLayersThemselves() {
        try (Sequence network = network(Activation.relu())) {
            network.training(false);
            x.requires_grad_(true);
            Frozen.during(() -> {
                network.apply(x).sum().backward();
                return null;
            });
            assertThat(x.grad().defined()).isTrue();
        }
    }

    private BatchNorm norm(int channels) {
        return Passes.learned(init, channels);
    }

    @ParameterizedTest
    @ValueSource(strings = {"gelu", "silu", "relu", "sigmoid", "leaky"})
    void agreesWithThePlainPassToRounding(String word) {
        Activation activation =
                switch (word) {
                    case "gelu" -> Activation.gelu();
                    case "silu" -> Activation.silu();
                    case "relu" -> Activation.relu();
                    case "sigmoid" -> Activation.sigmoid();
                    default -> Activation.leakyRelu();
                };
        try (Sequence network = network(activation)) {
            float[] plain = pass(network, Precision.FLOAT32, () -> network.apply(x));
            float[] frozen = pass(network, Precision.FLOAT32, () -> Frozen.during(() -> network.apply(x)));
            assertThat(frozen).containsExactly(plain, within(2e-6f));
        }
    }

    /** bfloat16 keeps 8 bits: values near 1 may differ by some 2⁻⁸, and both differ as much from float32. */
    @Test
    void agreesInBfloat16ToItsRounding() {
        try (Sequence network = network(Activation.gelu())) {
            float[] exact = pass(network, Precision.FLOAT32, () -> network.apply(x));
            float[] plain = pass(network, Precision.BFLOAT16, () -> network.apply(x));
            float[] frozen = pass(network, Precision.BFLOAT16, () -> Frozen.during(() -> network.apply(x)));
            assertThat(error(frozen, exact)).isLessThan(0.02).isLessThan(2 * error(plain, exact));
        }
    }

    @Test
    void usesTheKernelsOfThisMachine() {
        assertThat(Operator.find("mkldnn::_convolution_pointwise", "")).isPresent();
        assertThat(Operator.find("mkldnn::_no_such_kernel", "")).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(names = {"FLOAT32", "BFLOAT16"})
    void leavesTheLayersAsTheyAreAndNothingBehind(Precision precision) {
        try (Sequence network = network(Activation.gelu())) {
            List<float[]> before = values(network);
            pass(network, precision, () -> Frozen.during(() -> network.apply(x)));
            long live = LiveObjects.held();
            pass(
                    network,
                    precision,
                    () -> Frozen.during(() -> network.apply(network.apply(x).expand(2, 5, 5, 4))));
            assertThat(Scope.liveObjects()).isEqualTo(live);
            assertThat(values(network)).containsExactlyElementsOf(before);
        }
    }

    private static List<float[]> values(Layer network) {
        List<float[]> values = new ArrayList<>();
        try (Scope scope = Scope.open()) {
            network.state().values().forEach(tensor -> values.add(Tensors.toFloats(tensor)));
        }
        return values;
    }

    /** Weights that change between two uses are seen: nothing outlives the work. */
    @Test
    void isPreparedAnewEachTime() {
        try (Sequence network = network(Activation.gelu())) {
            float[] before = pass(network, Precision.FLOAT32, () -> Frozen.during(() -> network.apply(x)));
            Layer.evaluating(() -> network.parameters().get("8.bias").add_(new Scalar(1.0)));
            float[] after = pass(network, Precision.FLOAT32, () -> Frozen.during(() -> network.apply(x)));
            assertThat(after[0] - before[0]).isCloseTo(1, within(1e-5f));
        }
    }

    @Test
    void sharesWhatTwoPassesOverOneTensorHaveInCommon() {
        try (Sequence owner = network(Activation.relu())) {
            owner.training(false);
            int[] computed = {0};
            Supplier<List<Tensor>> work = () -> {
                computed[0]++;
                return List.of(x.clone());
            };
            Layer.evaluating(() -> Frozen.during(() -> {
                Frozen.shared(owner, x, work);
                Frozen.shared(owner, x, work);
                assertThat(computed[0]).isEqualTo(1);
                x.add_(new Scalar(1.0));
                Frozen.shared(owner, x, work);
                assertThat(computed[0]).isEqualTo(2);
                return null;
            }));
            Frozen.shared(owner, x, work);
            assertThat(computed[0]).isEqualTo(3);
        }
    }

    /** A transposed convolution without overlaps is a matrix product: the same numbers and gradients. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4})
    void tilesAreTheTransposedConvolution(int side) {
        try (ConvTranspose2d layer = new ConvTranspose2d(init, 5, 3, side, side, 0, 0)) {
            float[][] plain = gradients(layer, Precision.FLOAT32);
            float[][] tiled = gradients(layer, Precision.BFLOAT16);
            for (int i = 0; i < plain.length; i++) {
                assertThat(error(tiled[i], plain[i])).isLessThan(0.02 * error(plain[i], new float[plain[i].length]));
            }
        }
    }

    /** The bias is added after the convolution in training and inside it in evaluation. */
    @Test
    void theBiasOfATransposedConvolutionIsTheSameEitherWay() {
        try (ConvTranspose2d layer = new ConvTranspose2d(init, 5, 3, 3, 2, 1, 1)) {
            float[][] training = gradients(layer, Precision.FLOAT32);
            layer.training(false);
            float[][] evaluation = gradients(layer, Precision.FLOAT32);
            for (int i = 0; i < training.length; i++) {
                assertThat(training[i]).containsExactly(evaluation[i], within(1e-4f));
            }
        }
    }

    private float[][] gradients(ConvTranspose2d layer, Precision precision) {
        Tensor input = x.detach().requires_grad_(true);
        Tensor y = precision.compute(ComputeDevice.CPU, () -> layer.apply(input));
        assertThat(y.is_contiguous(MemoryFormat.ChannelsLast)).isTrue();
        layer.parameters()
                .values()
                .forEach(parameter -> parameter.mutable_grad().reset());
        y.mul(y).sum().backward();
        List<float[]> all = new ArrayList<>(List.of(Tensors.toFloats(y), Tensors.toFloats(input.grad())));
        layer.parameters().values().forEach(parameter -> all.add(Tensors.toFloats(parameter.grad())));
        return all.toArray(float[][]::new);
    }
}
