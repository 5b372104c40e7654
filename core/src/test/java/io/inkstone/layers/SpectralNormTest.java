package io.inkstone.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

class SpectralNormTest {
    @Test
    void largestSingularValueIsOne() {
        try (Scope scope = Scope.open();
                SpectralLinear layer = new SpectralLinear(Initializer.seeded(new Seed(4)), 20, 12)) {
            for (int pass = 0; pass < 50; pass++) {
                Scope.run(() -> layer.apply(Tensors.zeros(1, 20)));
            }
            // The layer's answers to the unit vectors, without its bias, are its weight.
            Tensor unitVectors = torch.eye(20);
            Tensor weight = Layer.evaluating(
                    () -> layer.apply(unitVectors).sub(layer.parameters().get("bias")));
            assertThat(largestSingularValue(weight)).isCloseTo(1, within(1e-3));
        }
    }

    /** By 200 rounds of power iteration from another start: independent of the layer's own vectors. */
    private static double largestSingularValue(Tensor matrix) {
        Tensor x = torch.ones(matrix.size(1));
        for (int round = 0; round < 200; round++) {
            Tensor next = matrix.t().mv(matrix.mv(x));
            x = next.div(next.norm());
        }
        return Tensors.toDouble(matrix.mv(x).norm());
    }

    @Test
    void scalesThePlainConvolution() {
        try (Scope scope = Scope.open();
                SpectralConv2d layer = new SpectralConv2d(Initializer.seeded(new Seed(4)), 2, 3, 4, 2, 1)) {
            Tensor pictures = torch.ones(1, 2, 8, 8);
            Tensor weight = layer.parameters().get("weight_orig");
            double sigma = largestSingularValue(weight.detach().reshape(3, -1));
            Tensor plain = torch.conv2d(
                    pictures,
                    weight.detach().div(new org.bytedeco.pytorch.Scalar(sigma)),
                    new org.bytedeco.pytorch.TensorOptional(layer.parameters().get("bias")),
                    new long[] {2, 2},
                    new long[] {1, 1},
                    new long[] {1, 1},
                    1);
            float[] expected = Tensors.toFloats(plain);
            float[] got = Tensors.toFloats(Layer.evaluating(() -> layer.apply(pictures)));
            for (int i = 0; i < expected.length; i++) {
                assertThat((double) got[i]).isCloseTo(expected[i], within(2e-2));
            }
        }
    }

    @Test
    void evaluationDoesNotMoveItsVectors() {
        try (Scope scope = Scope.open();
                SpectralLinear layer = new SpectralLinear(Initializer.seeded(new Seed(4)), 20, 12)) {
            float[] before = Tensors.toFloats(layer.buffers().get("weight_u"));
            Layer.evaluating(() -> layer.apply(Tensors.zeros(1, 20)));
            assertThat(Tensors.toFloats(layer.buffers().get("weight_u"))).isEqualTo(before);
        }
    }

    @Test
    void gradientsSurviveASecondPass() {
        try (Scope scope = Scope.open();
                SpectralLinear layer = new SpectralLinear(Initializer.seeded(new Seed(4)), 5, 4)) {
            Tensor first = layer.apply(torch.ones(1, 5)).sum();
            Tensor second = layer.apply(torch.ones(1, 5)).sum();
            first.add(second).backward();
            assertThat(layer.parameters().get("weight_orig").grad().defined()).isTrue();
        }
    }
}
