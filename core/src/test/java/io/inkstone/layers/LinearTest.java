package io.inkstone.layers;

import static io.inkstone.layers.KernelChoices.NEVER;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LinearTest {
    private static final int IN = 30;
    private static final int OUT = 18;

    private static KernelChoices wideFrom(long weights) {
        return KernelChoices.MEASURED.withWideLinearFrom(weights);
    }

    /** A single row, fewer rows than outputs, more, and rows in groups. */
    @ParameterizedTest
    @CsvSource({"1, 1", "1, 7", "1, 40", "3, 2"})
    void isTheSameByEitherWay(int groups, int rows) {
        try (Scope scope = Scope.open();
                Linear layer = new Linear(Initializer.seeded(new Seed(1)), IN, OUT)) {
            Tensor draws = Tensors.normal(new Seed(2).generator(Seed.Purpose.NOISE), groups, rows, IN);
            float[][] products = wideFrom(NEVER).during(() -> results(layer, draws));
            float[][] convolution = wideFrom(IN * OUT).during(() -> results(layer, draws));
            for (int i = 0; i < products.length; i++) {
                assertThat(convolution[i]).containsExactly(products[i], within(2e-5f));
            }
        }
    }

    /** Output, and gradients of input, weight and bias for a gradient that differs everywhere. */
    private static float[][] results(Linear layer, Tensor draws) {
        Tensor x = draws.clone().requires_grad_(true);
        Tensor y = layer.apply(x);
        assertThat(y.is_contiguous()).isTrue();
        y.mul(y).sum().backward();
        Stream<Tensor> gradients = Stream.of(
                        x, layer.parameters().get("weight"), layer.parameters().get("bias"))
                .map(Tensor::grad);
        float[][] results =
                Stream.concat(Stream.of(y), gradients).map(Tensors::toFloats).toArray(float[][]::new);
        layer.parameters().values().forEach(each -> each.grad().zero_());
        return results;
    }

    /** With rows in groups; where no weight changes, also of a layer that is not wide. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void preparedForManyRowsItAnswersTheSame(boolean biased) {
        Precision.FLOAT32.compute(ComputeDevice.CPU, () -> {
            try (Scope scope = Scope.open();
                    NoGradient none = NoGradient.begin()) {
                Initializer init = Initializer.seeded(new Seed(1));
                Linear layer = biased ? new Linear(init, 256, 200) : Linear.withoutBias(init, 256, 200);
                layer.training(false);
                Tensor x = Tensors.normal(new Seed(2).generator(Seed.Purpose.NOISE), 2, 256, 256);
                assertThat(KernelChoices.current().preparedByConvolution(x, layer.weight()))
                        .isTrue();
                Tensor expected = layer.apply(x);
                Tensor answer = Frozen.during(() -> Scope.yielding(() -> Frozen.through(x, layer)));
                assertThat(answer.shape()).isEqualTo(expected.shape());
                assertThat(answer.is_contiguous()).isTrue();
                assertThat(Tensors.toFloats(answer)).containsExactly(Tensors.toFloats(expected), within(2e-5f));
                return null;
            }
        });
    }

    @Test
    void onlyWideLayersInFloat32AreConvolutions() {
        try (Scope scope = Scope.open()) {
            Tensor weight = Tensors.zeros(OUT, IN);
            Tensor rows = Tensors.zeros(4, IN);
            KernelChoices from = wideFrom(IN * OUT);
            assertThat(from.linearByConvolution(rows, weight)).isTrue();
            assertThat(wideFrom(IN * OUT + 1).linearByConvolution(rows, weight)).isFalse();
            assertThat(Precision.BFLOAT16.compute(ComputeDevice.CPU, () -> from.linearByConvolution(rows, weight)))
                    .isFalse();
        }
    }
}
