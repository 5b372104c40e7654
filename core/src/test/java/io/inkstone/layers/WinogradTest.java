package io.inkstone.layers;

import static io.inkstone.layers.Passes.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.T_TensorTensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WinogradTest {
    private static final long[] ONE = {1, 1};
    private static final int WIDE = KernelChoices.WINOGRAD_CHANNELS;

    private final Generator noise = new Seed(2).generator(Seed.Purpose.NOISE);
    private Scope scope;

    @BeforeEach
    void open() {
        scope = Scope.open();
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private Tensor maps(long... shape) {
        return Tensors.channelsLast(Tensors.normal(noise, shape));
    }

    /** A tile, oblong maps, several pictures in a strip, several strips of pictures, and several in a picture. */
    @ParameterizedTest
    @CsvSource({"1, 3, 2, 4, 4", "2, 5, 7, 8, 12", "3, 4, 4, 12, 4", "10, 128, 3, 64, 32", "1, 128, 4, 128, 128"})
    void agreesWithTheDefinition(int pictures, int in, int out, int height, int width) {
        try (NoGradient none = NoGradient.begin()) {
            Tensor x = maps(pictures, in, height, width);
            Tensor weight = maps(out, in, 3, 3);
            Tensor gradient = maps(pictures, out, height, width);
            Tensor exact = torch.conv2d(wide(x), wide(weight), new TensorOptional(), ONE, ONE, ONE, 1);
            T_TensorTensorTensor_T gradients = torch.convolution_backward(
                    wide(gradient),
                    wide(x),
                    wide(weight),
                    new long[] {0},
                    ONE,
                    ONE,
                    ONE,
                    false,
                    new long[] {0, 0},
                    1,
                    ByHand.which(true, true, false));
            assertThat(error(Winograd.convolved(x, weight), exact)).isLessThan(1e-5);
            assertThat(error(Winograd.ofInput(gradient, weight), new Tensor(gradients.get0())))
                    .isLessThan(1e-5);
            assertThat(error(Winograd.ofWeight(x, gradient), new Tensor(gradients.get1())))
                    .isLessThan(1e-5);
        }
    }

    private static Tensor wide(Tensor x) {
        return x.to(ScalarType.Double);
    }

    /** Norm of the difference, as a share of the norm. */
    private static double error(Tensor seen, Tensor exact) {
        assertThat(seen.shape()).isEqualTo(exact.shape());
        return Tensors.toDouble(wide(seen).sub(exact).norm()) / Tensors.toDouble(exact.norm());
    }

    private static KernelChoices from(long size) {
        return new KernelChoices(
                new KernelChoices.PlainGroupNorm(0, 0, 0, 0),
                0,
                false,
                false,
                KernelChoices.NEVER,
                KernelChoices.NEVER,
                size);
    }

    private static float[] by(KernelChoices choices, Supplier<float[]> work) {
        return choices.during(work);
    }

    /** Large maps with many channels in float32 whose sides 4 divides; all else goes by the definition. */
    @ParameterizedTest
    @CsvSource({
        "128, 128, 8, 4, FLOAT32, 4096, true",
        "128, 128, 8, 4, FLOAT32, 4097, false",
        "128, 128, 8, 4, BFLOAT16, 1, false",
        "127, 128, 8, 4, FLOAT32, 1, false",
        "128, 127, 8, 4, FLOAT32, 1, false",
        "128, 128, 6, 4, FLOAT32, 1, false",
        "128, 128, 4, 6, FLOAT32, 1, false"
    })
    void isChosenWhereItIsFaster(
            int in, int out, int height, int width, Precision precision, long size, boolean chosen) {
        try (Conv2d layer = Conv2d.same(Initializer.seeded(new Seed(1)), in, out)) {
            Tensor x = maps(1, in, height, width);
            Supplier<float[]> plainly = () -> pass(layer, precision, () -> layer.apply(x));
            Supplier<float[]> frozen =
                    () -> pass(layer, precision, () -> Frozen.during(() -> new Sequence(layer).apply(x)));
            float[] definition = by(from(KernelChoices.NEVER), plainly);
            float[] seen = by(from(size), plainly);
            if (chosen) {
                assertThat(Arrays.equals(seen, definition)).isFalse();
                assertThat(Arrays.equals(by(from(size), frozen), seen)).isTrue();
            } else {
                assertThat(Arrays.equals(seen, definition)).isTrue();
                assertThat(Arrays.equals(by(from(size), frozen), by(from(KernelChoices.NEVER), frozen)))
                        .isTrue();
            }
            assertThat(Passes.error(seen, definition)).isLessThan(1e-5 * Passes.largest(definition));
        }
    }

    /** Autograd knows the definition alone. */
    @Test
    void neverWhereAGraphIsRecorded() {
        try (Conv2d layer = Conv2d.same(Initializer.seeded(new Seed(1)), WIDE, WIDE)) {
            Tensor x = maps(1, WIDE, 8, 8);
            assertThat(by(from(1), () -> Tensors.toFloats(layer.apply(x))))
                    .isEqualTo(by(from(KernelChoices.NEVER), () -> Tensors.toFloats(layer.apply(x))));
        }
    }

    @Test
    void blocksLearnByIt() {
        try (ResidualNormBlock block = new ResidualNormBlock(Initializer.seeded(new Seed(1)), WIDE, WIDE, 8, 1e-6)) {
            Tensor x = maps(2, WIDE, 8, 8);
            Tensor gradient = maps(2, WIDE, 8, 8);
            Map<String, float[]> definition = from(KernelChoices.NEVER).during(() -> gradients(block, x, gradient));
            Map<String, float[]> tiles = from(1).during(() -> gradients(block, x, gradient));
            definition.forEach((name, values) -> {
                assertThat(Passes.error(tiles.get(name), values)).as(name).isLessThan(1e-5 * Passes.largest(values));
                assertThat(Arrays.equals(tiles.get(name), values)).as(name).isFalse();
            });
        }
    }

    private static Map<String, float[]> gradients(ResidualNormBlock block, Tensor x, Tensor gradient) {
        block.parameters()
                .values()
                .forEach(parameter -> parameter.mutable_grad().reset());
        Map<String, float[]> all = new LinkedHashMap<>();
        try (NoGradient none = NoGradient.begin()) {
            ByHand.Pass pass = block.passByHand(x);
            all.put("output", Tensors.toFloats(pass.output()));
            all.put("input", Tensors.toFloats(pass.backward().apply(gradient)));
            pass.release();
        }
        block.parameters().forEach((name, parameter) -> {
            if (!name.endsWith("5.bias")) { // the sum of the gradients, whatever the convolution
                all.put(name, Tensors.toFloats(parameter.grad()));
            }
        });
        return all;
    }

    /** The activation that a convolution's kernel would apply is applied after it. */
    @Test
    void nothingIsLostBehindAPreparedConvolution() {
        try (Sequence row = new Sequence(Conv2d.same(Initializer.seeded(new Seed(1)), WIDE, WIDE), Activation.gelu())) {
            Tensor x = maps(1, WIDE, 8, 8);
            Supplier<float[]> frozen = () -> pass(row, Precision.FLOAT32, () -> Frozen.during(() -> row.apply(x)));
            float[] definition = by(from(KernelChoices.NEVER), frozen);
            float[] tiles = by(from(1), frozen);
            assertThat(Arrays.equals(tiles, definition)).isFalse();
            assertThat(Passes.error(tiles, definition)).isLessThan(1e-5 * Passes.largest(definition));
        }
    }
}
