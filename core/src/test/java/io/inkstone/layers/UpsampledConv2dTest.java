package io.inkstone.layers;

import static io.inkstone.layers.KernelChoices.NEVER;
import static io.inkstone.layers.Passes.error;
import static io.inkstone.layers.Passes.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.LiveObjects;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UpsampledConv2dTest {
    private static final int POSITIONS = 2 * 5 * 7;

    private Scope scope;
    private Conv2d convolution;
    private Sequence network;
    private Tensor draws;

    @BeforeEach
    void open() {
        scope = Scope.open();
        convolution = Conv2d.same(Initializer.seeded(new Seed(1)), 6, 4);
        network = new Sequence(new NearestUpsample(), convolution);
        draws = Tensors.channelsLast(Tensors.normal(new Seed(2).generator(Seed.Purpose.NOISE), 2, 6, 5, 7));
    }

    @AfterEach
    void close() {
        network.close();
        scope.close();
    }

    private static KernelChoices inKernelFrom(long positions) {
        return KernelChoices.MEASURED.withUpsampleInKernelFrom(positions);
    }

    /** Output, and gradients of input, weight and bias for a gradient that differs everywhere. */
    private float[][] learned() {
        Tensor x = draws.clone().requires_grad_(true);
        Tensor y = network.apply(x);
        assertThat(y.shape()).containsExactly(2, 4, 10, 14);
        y.mul(y).sum().backward();
        float[][] results = Stream.concat(
                        Stream.of(y),
                        Stream.of(x, convolution.weight(), convolution.bias).map(Tensor::grad))
                .map(Tensors::toFloats)
                .toArray(float[][]::new);
        convolution.parameters().values().forEach(each -> each.grad().zero_());
        return results;
    }

    @Test
    void isTheConvolutionOfTheLargerMap() {
        float[][] pair = inKernelFrom(POSITIONS + 1).during(this::learned);
        float[][] one = inKernelFrom(POSITIONS).during(this::learned);
        for (int i = 0; i < pair.length; i++) {
            assertThat(one[i]).containsExactly(pair[i], within(1e-5f * Passes.largest(pair[i])));
        }
        assertThat(one[0]).as("not by the same kernel").isNotEqualTo(pair[0]);
    }

    /** For maps of any size, with a norm behind it, and to a single channel, which another kernel may take. */
    @ParameterizedTest
    @CsvSource({"4, FLOAT32", "1, FLOAT32", "4, BFLOAT16"})
    void isPreparedForManyPasses(int out, Precision precision) {
        Initializer init = Initializer.seeded(new Seed(3));
        try (Sequence row = new Sequence(new NearestUpsample(), Conv2d.same(init, 6, out), Passes.learned(init, out))) {
            row.training(false);
            Supplier<Tensor> frozen = () -> Frozen.during(() -> row.apply(draws));
            float[] exact = inKernelFrom(NEVER).during(() -> pass(row, Precision.FLOAT32, () -> row.apply(draws)));
            float[] pair = inKernelFrom(NEVER).during(() -> pass(row, precision, frozen));
            float[] one = inKernelFrom(POSITIONS + 1).during(() -> pass(row, precision, frozen));
            double rounding = precision == Precision.FLOAT32 ? 1e-6 : 0.01;
            assertThat(error(one, exact)).isPositive().isLessThan(rounding * Passes.largest(exact));
            assertThat(one).as("not by the same kernel").isNotEqualTo(pair);
        }
    }

    @Test
    void leavesNothingBehind() {
        Runnable passes = () -> {
            inKernelFrom(1).during(this::learned);
            pass(network, Precision.BFLOAT16, () -> Frozen.during(() -> network.apply(draws)));
        };
        passes.run();
        long live = LiveObjects.held();
        Scope.run(passes);
        assertThat(Scope.liveObjects()).isEqualTo(live);
    }

    /** Its weights are summed before they are rounded. */
    @Test
    void roundsNoMoreThanThePair() {
        assumeTrue(
                ComputeDevice.CPU.multipliesBfloat16(),
                "skipped: without products of bfloat16 libtorch has other kernels for the two");
        float[] exact = pass(network, Precision.FLOAT32, () -> network.apply(draws));
        float[] pair = inKernelFrom(NEVER).during(() -> pass(network, Precision.BFLOAT16, () -> network.apply(draws)));
        float[] one = inKernelFrom(1).during(() -> pass(network, Precision.BFLOAT16, () -> network.apply(draws)));
        assertThat(error(one, exact)).isPositive().isLessThan(1.2 * error(pair, exact));
    }

    /** A watch sees the convolution pass the map as it is before it is doubled, or the two steps. */
    @Test
    void isSeenAsTheConvolution() {
        List<Layer> seen = new ArrayList<>();
        Watch watch = (layer, input, forward) -> {
            Tensor output = forward.get();
            if (layer == convolution) {
                assertThat(Multiplications.of(layer, input, output)).isEqualTo(POSITIONS * 16 * 6 * 4);
            }
            seen.add(layer);
            return output;
        };
        inKernelFrom(POSITIONS).during(() -> Watch.during(watch, () -> network.apply(draws)));
        assertThat(seen).containsExactly(convolution, network);
        seen.clear();
        Watch plain = (layer, input, forward) -> {
            seen.add(layer);
            return forward.get();
        };
        inKernelFrom(POSITIONS + 1).during(() -> Watch.during(plain, () -> network.apply(draws)));
        assertThat(seen).as("a small map").hasSize(3).last().isEqualTo(convolution);
    }

    @Test
    void onlyAConvolutionThatKeepsTheSizeIsJoined() {
        Initializer init = Initializer.seeded(new Seed(1));
        List<Unary> steps = List.of(
                new NearestUpsample(),
                Conv2d.pointwise(init, 6, 4),
                new NearestUpsample(),
                Activation.relu(),
                Conv2d.same(init, 4, 4),
                new NearestUpsample(),
                new Conv2d(init, 4, 4, 3, 2, 1));
        assertThat(UpsampledConv2d.joined(steps)).isEqualTo(steps);
    }
}
