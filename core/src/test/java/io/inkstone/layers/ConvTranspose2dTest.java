package io.inkstone.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConvTranspose2dTest {
    /** Whichever way is taken: kernel, stride, padding, output padding, and one channel or more. */
    @ParameterizedTest
    @CsvSource({"1, 4, 2, 1, 0", "1, 3, 2, 1, 1", "1, 2, 2, 0, 0", "1, 3, 1, 0, 0", "3, 4, 2, 1, 0", "2, 3, 2, 1, 1"})
    void isThatOfLibtorch(int out, int kernel, int stride, int padding, int outputPadding) {
        Initializer init = Initializer.seeded(new Seed(1));
        try (Scope scope = Scope.open();
                ConvTranspose2d layer = new ConvTranspose2d(init, 5, out, kernel, stride, padding, outputPadding)) {
            Map<String, Tensor> state = layer.parameters();
            float[][] got = results(layer, layer::apply);
            float[][] wanted = results(
                    layer,
                    x -> torch.conv_transpose2d(
                            x,
                            state.get("weight"),
                            new TensorOptional(state.get("bias")),
                            new long[] {stride, stride},
                            new long[] {padding, padding},
                            new long[] {outputPadding, outputPadding},
                            1,
                            new long[] {1, 1}));
            for (int i = 0; i < wanted.length; i++) {
                assertThat(got[i]).containsExactly(wanted[i], within(2e-5f));
            }
        }
    }

    /** Output and gradients of input, weight and bias, for a gradient that differs everywhere. */
    private static float[][] results(ConvTranspose2d layer, UnaryOperator<Tensor> forward) {
        layer.parameters()
                .values()
                .forEach(parameter -> parameter.mutable_grad().reset());
        Tensor x = Tensors.channelsLast(Tensors.normal(new Seed(2).generator(Seed.Purpose.NOISE), 2, 5, 6, 4))
                .detach()
                .requires_grad_(true);
        Tensor y = forward.apply(x);
        y.mul(y).mean().backward();
        return new float[][] {
            Tensors.toFloats(y),
            Tensors.toFloats(x.grad()),
            Tensors.toFloats(layer.parameters().get("weight").grad()),
            Tensors.toFloats(layer.parameters().get("bias").grad())
        };
    }
}
