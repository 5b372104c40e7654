package io.inkstone.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.tensor.LiveObjects;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.List;
import java.util.function.UnaryOperator;
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
            assertThat(error(Winograd.convolved(x, weight, null), exact)).isLessThan(1e-5);
            assertThat(error(Winograd.ofInput(gradient, weight), new Tensor(gradients.get0())))
                    .isLessThan(1e-5);
            assertThat(error(Winograd.ofWeight(x, gradient), new Tensor(gradients.get1())))
                    .isLessThan(1e-5);
        }
    }

    /** Maps as they come: in plain order, turned, or a part of larger ones. */
    @Test
    void readsAnyOrderOfMemory() {
        try (NoGradient none = NoGradient.begin()) {
            Tensor weight = maps(4, 5, 3, 3);
            Tensor x = maps(2, 5, 8, 12);
            Tensor gradient = maps(2, 4, 8, 12);
            for (UnaryOperator<Tensor> order : List.<UnaryOperator<Tensor>>of(
                    Tensor::contiguous,
                    map -> map.transpose(2, 3).contiguous().transpose(2, 3),
                    map -> Tensors.concatenate(3, map, map).narrow(3, 0, 12))) {
                Tensor some = order.apply(x);
                Tensor other = order.apply(gradient);
                assertThat(values(Winograd.convolved(some, weight, null)))
                        .isEqualTo(values(Winograd.convolved(x, weight, null)));
                assertThat(values(Winograd.ofInput(other, weight)))
                        .isEqualTo(values(Winograd.ofInput(gradient, weight)));
                assertThat(values(Winograd.ofWeight(some, other))).isEqualTo(values(Winograd.ofWeight(x, gradient)));
            }
        }
    }

    private static float[] values(Tensor tensor) {
        return Tensors.toFloats(tensor);
    }

    @Test
    void leavesNothingBehind() {
        try (NoGradient none = NoGradient.begin()) {
            Tensor weight = maps(4, 128, 3, 3);
            Tensor x = maps(1, 128, 128, 128);
            Tensor gradient = maps(1, 4, 128, 128);
            Runnable passes = () -> {
                Winograd.convolved(x, weight, null);
                Winograd.ofInput(gradient, weight);
                Winograd.ofWeight(x, gradient);
            };
            Scope.run(passes); // operators are found once
            long live = LiveObjects.held();
            Scope.run(passes);
            assertThat(Scope.liveObjects()).isEqualTo(live);
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

    /** All is computed in float32 and rounded once: nearer to the exact result than products of rounded weights. */
    @Test
    void roundsLessThanTheDefinitionInBfloat16() {
        try (NoGradient none = NoGradient.begin()) {
            Tensor weight = maps(4, 32, 3, 3);
            Tensor bias = Tensors.normal(noise, 4);
            Tensor x = maps(2, 32, 8, 12).to(ScalarType.BFloat16);
            Tensor gradient = maps(2, 4, 8, 12).to(ScalarType.BFloat16);
            Tensor exact = torch.conv2d(wide(x), wide(weight), new TensorOptional(wide(bias)), ONE, ONE, ONE, 1);
            Tensor rounded = torch.conv2d(
                    x,
                    weight.to(ScalarType.BFloat16),
                    new TensorOptional(bias.to(ScalarType.BFloat16)),
                    ONE,
                    ONE,
                    ONE,
                    1);
            Tensor seen = Winograd.convolved(x, weight, bias);
            assertThat(seen.scalar_type().intern()).isEqualTo(ScalarType.BFloat16);
            assertThat(error(seen, exact)).isPositive().isLessThan(0.8 * error(rounded, exact));
            Tensor ofInput = Winograd.ofInput(gradient, weight);
            assertThat(ofInput.scalar_type().intern()).isEqualTo(ScalarType.BFloat16);
            assertThat(error(ofInput, Winograd.ofInput(wide(gradient).to(ScalarType.Float), weight)))
                    .isLessThan(0.003);
            assertThat(values(Winograd.ofWeight(x, gradient)))
                    .isEqualTo(values(Winograd.ofWeight(x.to(ScalarType.Float), gradient.to(ScalarType.Float))));
        }
    }
}
