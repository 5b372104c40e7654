package io.inkstone.layers;

import static io.inkstone.layers.KernelChoices.NEVER;
import static io.inkstone.layers.Passes.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.layers.KernelChoices.MinimalFiltering;
import io.inkstone.layers.KernelChoices.MinimalFiltering.Sizes;
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
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where convolutions go by tiles, and where by their definition. */
class WinogradChoiceTest {
    private static final int WIDE = 16;

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

    private static KernelChoices from(long size) {
        return KernelChoices.MEASURED.with(new MinimalFiltering(new Sizes(size, WIDE), new Sizes(size, WIDE + 1)));
    }

    private static float[] by(KernelChoices choices, Supplier<float[]> work) {
        return choices.during(work);
    }

    /** Large maps with many channels in float32 whose sides 4 divides, with tiles enough; all else goes by the definition. */
    @ParameterizedTest
    @CsvSource({
        "16, 17, 32, 36, FLOAT32, 18432, true",
        "16, 17, 32, 36, FLOAT32, 18433, false",
        "17, 18, 32, 36, BFLOAT16, 19584, true",
        "17, 18, 32, 36, BFLOAT16, 19585, false",
        "16, 17, 32, 36, BFLOAT16, 1, false",
        "15, 16, 32, 36, FLOAT32, 1, false",
        "16, 15, 32, 36, FLOAT32, 1, false",
        "16, 16, 34, 36, FLOAT32, 1, false",
        "16, 16, 36, 34, FLOAT32, 1, false",
        "16, 16, 32, 28, FLOAT32, 1, false"
    })
    void isChosenWhereItIsFaster(
            int in, int out, int height, int width, Precision precision, long size, boolean chosen) {
        try (Conv2d layer = Conv2d.same(Initializer.seeded(new Seed(1)), in, out)) {
            Tensor x = maps(1, in, height, width);
            Supplier<float[]> plainly = () -> pass(layer, precision, () -> layer.apply(x));
            Supplier<float[]> frozen =
                    () -> pass(layer, precision, () -> Frozen.during(() -> new Sequence(layer).apply(x)));
            float[] definition = by(from(NEVER), plainly);
            float[] seen = by(from(size), plainly);
            if (chosen) {
                assertThat(Arrays.equals(seen, definition)).isFalse();
                assertThat(Arrays.equals(by(from(size), frozen), seen)).isTrue();
            } else {
                assertThat(Arrays.equals(seen, definition)).isTrue();
                assertThat(Arrays.equals(by(from(size), frozen), by(from(NEVER), frozen)))
                        .isTrue();
            }
            double rounding = precision == Precision.FLOAT32 ? 1e-5 : 0.01;
            assertThat(Passes.error(seen, definition)).isLessThan(rounding * Passes.largest(definition));
        }
    }

    /** AMX multiplies bfloat16 several times as fast. */
    @Test
    void neverInBfloat16WithAmx() {
        Tensor x = maps(1, 256, 192, 192);
        Tensor weight = maps(256, 256, 3, 3);
        assertThat(MinimalFiltering.measured(false).bfloat16().hold(x, weight)).isTrue();
        assertThat(MinimalFiltering.measured(true).bfloat16().hold(x, weight)).isFalse();
        assertThat(MinimalFiltering.measured(true).float32().hold(x, weight)).isTrue();
    }

    /** Autograd knows the definition alone. */
    @Test
    void neverWhereAGraphIsRecorded() {
        try (Conv2d layer = Conv2d.same(Initializer.seeded(new Seed(1)), WIDE, WIDE)) {
            Tensor x = maps(1, WIDE, 32, 32);
            assertThat(by(from(1), () -> Tensors.toFloats(layer.apply(x))))
                    .isEqualTo(by(from(NEVER), () -> Tensors.toFloats(layer.apply(x))));
        }
    }

    @Test
    void blocksLearnByIt() {
        try (ResidualNormBlock block = new ResidualNormBlock(Initializer.seeded(new Seed(1)), WIDE, WIDE, 8, 1e-6)) {
            Tensor x = maps(2, WIDE, 32, 32);
            Tensor gradient = maps(2, WIDE, 32, 32);
            Map<String, float[]> definition = from(NEVER).during(() -> gradients(block, x, gradient));
            Map<String, float[]> tiles = from(1).during(() -> gradients(block, x, gradient));
            definition.forEach((name, values) -> {
                assertThat(Passes.error(tiles.get(name), values)).as(name).isLessThan(1e-5 * Passes.largest(values));
                if (!name.equals("s.5.bias")) { // the sum of the gradients, whatever the convolution
                    assertThat(Arrays.equals(tiles.get(name), values)).as(name).isFalse();
                }
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
            all.put(name, Tensors.toFloats(parameter.grad()));
        });
        return all;
    }

    /** A block that is computed twice comes out the same: by definition, as the pass that records a graph. */
    @Test
    void notWhereABlockIsComputedTwice() {
        try (ResidualNormBlock block = new ResidualNormBlock(Initializer.seeded(new Seed(1)), WIDE, WIDE, 8, 1e-6);
                Recomputation blocks = new Recomputation()) {
            Tensor x = maps(1, WIDE, 32, 32).requires_grad_(true);
            assertThat(by(from(1), () -> Tensors.toFloats(blocks.apply(block, x))))
                    .isEqualTo(by(from(1), () -> Tensors.toFloats(block.apply(x))));
        }
    }

    /** The activation that a convolution's kernel would apply is applied after it. */
    @Test
    void nothingIsLostBehindAPreparedConvolution() {
        try (Sequence row = new Sequence(Conv2d.same(Initializer.seeded(new Seed(1)), WIDE, WIDE), Activation.gelu())) {
            Tensor x = maps(1, WIDE, 32, 32);
            Supplier<float[]> frozen = () -> pass(row, Precision.FLOAT32, () -> Frozen.during(() -> row.apply(x)));
            float[] definition = by(from(NEVER), frozen);
            float[] tiles = by(from(1), frozen);
            assertThat(Arrays.equals(tiles, definition)).isFalse();
            assertThat(Passes.error(tiles, definition)).isLessThan(1e-5 * Passes.largest(definition));
        }
    }
}
