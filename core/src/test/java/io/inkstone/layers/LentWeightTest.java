package io.inkstone.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.LiveObjects;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LentWeightTest {
    private Scope scope;
    private Tensor x;
    private Sequence network;
    private Conv2d convolution;

    @BeforeEach
    void open() {
        scope = Scope.open();
        x = Tensors.channelsLast(Tensors.normal(new Seed(3).generator(Seed.Purpose.NOISE), 2, 5, 9, 7));
        convolution = Conv2d.same(Initializer.seeded(new Seed(1)), 5, 6);
        network = new Sequence(convolution, Activation.gelu());
        assumeThat(PackedConv2d.possibleInFloat32(convolution.form())).isTrue();
    }

    @AfterEach
    void close() {
        network.close();
        scope.close();
    }

    private float[] drawn(Precision precision) {
        return network.using(() -> Layer.evaluating(() ->
                precision.compute(ComputeDevice.CPU, () -> Frozen.during(() -> Tensors.toFloats(network.apply(x))))));
    }

    private boolean isLent() {
        return Float.isNaN(Tensors.toFloats(convolution.form())[0]);
    }

    private float[] weight() {
        return Tensors.toFloats(network.state().get("0.weight"));
    }

    @Test
    void comesBackToTheLastBitWhenItIsAskedFor() {
        float[] before = weight();
        long bytes = network.bytes();
        float[] plain = drawn(Precision.FLOAT32);
        assertThat(isLent()).isFalse();
        network.settle();
        assertThat(drawn(Precision.FLOAT32)).containsExactly(plain);
        assertThat(isLent()).isTrue();
        assertThat(network.parameterCount()).isEqualTo(6 * 5 * 9 + 6);
        assertThat(network.bytes()).isEqualTo(bytes);
        assertThat(isLent()).isTrue();
        assertThat(weight()).containsExactly(before);
        assertThat(isLent()).isFalse();
        assertThat(drawn(Precision.FLOAT32)).containsExactly(plain);
    }

    /** Whoever asked may read it at any time. */
    @Test
    void isNotLentWhileSomebodyMayHoldIt() {
        network.settle();
        Tensor held = network.parameters().get("0.weight");
        float[] values = Tensors.toFloats(held);
        drawn(Precision.FLOAT32);
        assertThat(Tensors.toFloats(held)).containsExactly(values);
    }

    @Test
    void ofTwoBytesComesBackAsItWas() {
        network.moveTo(ComputeDevice.CPU);
        Scope.run(() -> Layer.evaluating(() -> {
            convolution.form().set_data(convolution.form().to(ScalarType.Half));
            return null;
        }));
        float[] before = weight();
        network.settle();
        drawn(Precision.FLOAT32);
        assertThat(isLent()).isTrue();
        Tensor back = network.state().get("0.weight");
        assertThat(back.scalar_type().intern()).isEqualTo(ScalarType.Half);
        assertThat(Tensors.toFloats(back)).containsExactly(before);
    }

    /** Half of its digits would be gone. */
    @Test
    void isNotLentToACopyThatIsLessExact() {
        assumeThat(PackedConv2d.possible(convolution.form())).isTrue();
        float[] before = weight();
        network.settle();
        drawn(Precision.BFLOAT16);
        assertThat(isLent()).isFalse();
        assertThat(weight()).containsExactly(before);
    }

    @Test
    void servesPlainPassesAndOtherPrecisionsMeanwhile() {
        float[] plain = Layer.evaluating(() -> Tensors.toFloats(network.apply(x)));
        float[] rounded = drawn(Precision.BFLOAT16);
        network.settle();
        float[] whole = drawn(Precision.FLOAT32);
        assertThat(drawn(Precision.BFLOAT16)).containsExactly(rounded);
        assertThat(Layer.evaluating(() -> Tensors.toFloats(network.apply(x)))).containsExactly(plain);
        assertThat(drawn(Precision.FLOAT32)).containsExactly(whole);
    }

    /** As a change of low rank is merged into a network that has drawn. */
    @Test
    void settledAnewItTakesWhatWasChangedMeanwhile() {
        network.settle();
        drawn(Precision.FLOAT32);
        Layer.evaluating(() -> network.state().get("0.weight").zero_());
        network.settle();
        float[] silent = drawn(Precision.FLOAT32);
        assertThat(isLent()).isTrue();
        network.settle();
        assertThat(isLent()).isFalse();
        assertThat(weight()).containsOnly(0);
        assertThat(drawn(Precision.FLOAT32)).containsExactly(silent);
    }

    @Test
    void isGoneWithItsNetwork() {
        lentAndClosed();
        long live = LiveObjects.held();
        lentAndClosed();
        assertThat(LiveObjects.held()).isEqualTo(live);
    }

    private void lentAndClosed() {
        try (Scope own = Scope.open();
                Sequence other = new Sequence(Conv2d.same(Initializer.seeded(new Seed(1)), 5, 6))) {
            other.settle();
            other.using(() -> Layer.evaluating(() -> Frozen.during(() -> other.apply(x))));
        }
    }

    @Test
    void threadsThatAskAndThreadsThatDrawMeet() throws Exception {
        float[] before = weight();
        float[] plain = drawn(Precision.FLOAT32);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            for (int round = 0; round < 50; round++) {
                network.settle();
                List<Future<float[]>> drawn = new ArrayList<>();
                List<Future<float[]>> read = new ArrayList<>();
                for (int i = 0; i < 4; i++) {
                    drawn.add(threads.submit(() -> {
                        try (Scope own = Scope.open()) {
                            return drawn(Precision.FLOAT32);
                        }
                    }));
                    read.add(threads.submit(() -> {
                        try (Scope own = Scope.open()) {
                            return weight();
                        }
                    }));
                }
                for (int i = 0; i < 4; i++) {
                    assertThat(drawn.get(i).get()).containsExactly(plain);
                    assertThat(read.get(i).get()).containsExactly(before);
                }
            }
        } finally {
            threads.shutdown();
        }
    }
}
