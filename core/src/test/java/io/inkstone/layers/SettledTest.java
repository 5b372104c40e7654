package io.inkstone.layers;

import static io.inkstone.layers.Passes.pass;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.tensor.LiveObjects;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Networks whose weights never change again. */
class SettledTest {
    private Scope scope;
    private Tensor x;

    @BeforeEach
    void open() {
        scope = Scope.open();
        x = Tensors.channelsLast(Tensors.normal(new Seed(2).generator(Seed.Purpose.NOISE), 2, 5, 8, 8));
    }

    @AfterEach
    void close() {
        scope.close();
    }

    private static Sequence network() {
        Initializer init = Initializer.seeded(new Seed(1));
        return new Sequence(
                Conv2d.same(init, 5, 6),
                Passes.learned(init, 6),
                Activation.gelu(),
                new ConvTranspose2d(init, 6, 3, 2, 2, 0, 0));
    }

    private static float[] frozen(Sequence network, Tensor input, Precision precision) {
        return network.using(() -> pass(network, precision, () -> Frozen.during(() -> network.apply(input))));
    }

    /** 6·5·9 and 6 values, then 6·3·4 and 3. */
    @Test
    void keepsOneCopyOfEachWeightAndPrecision() {
        try (Sequence network = network()) {
            float[] before = frozen(network, x, Precision.FLOAT32);
            assertThat(network.keptBytes()).isZero();
            network.settle();
            assertThat(frozen(network, x, Precision.FLOAT32)).containsExactly(before);
            assertThat(network.keptBytes()).isEqualTo(4 * (6 * 5 * 9 + 6 + 6 * 3 * 4 + 3));
            assertThat(frozen(network, x, Precision.FLOAT32)).containsExactly(before);
            assertThat(network.keptBytes()).isEqualTo(4 * (6 * 5 * 9 + 6 + 6 * 3 * 4 + 3));
            frozen(network, x, Precision.BFLOAT16);
            assertThat(network.keptBytes()).isGreaterThan(4 * (6 * 5 * 9 + 6 + 6 * 3 * 4 + 3));
            assertThat(frozen(network, x, Precision.FLOAT32)).containsExactly(before);
        }
    }

    @Test
    void servesThreadsByTheSameCopies() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try (Sequence network = network()) {
            float[] before = frozen(network, x, Precision.FLOAT32);
            network.settle();
            List<Future<float[]>> results = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                results.add(threads.submit(() -> {
                    try (Scope own = Scope.open()) {
                        return frozen(network, x, Precision.FLOAT32);
                    }
                }));
            }
            for (Future<float[]> result : results) {
                assertThat(result.get()).containsExactly(before);
            }
            assertThat(network.keptBytes()).isEqualTo(4 * (6 * 5 * 9 + 6 + 6 * 3 * 4 + 3));
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void freesTheCopiesWithItself() {
        frozenAndClosed();
        long live = LiveObjects.held();
        frozenAndClosed();
        assertThat(LiveObjects.held()).isEqualTo(live);
    }

    private void frozenAndClosed() {
        try (Scope own = Scope.open();
                Sequence network = network()) {
            network.settle();
            frozen(network, x, Precision.FLOAT32);
        }
    }

    @Test
    void waitsForWhoIsInsideBeforeItIsClosed() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        Sequence network = network();
        network.settle();
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch leave = new CountDownLatch(1);
        Future<float[]> work = threads.submit(() -> network.using(() -> {
            inside.countDown();
            try {
                leave.await();
            } catch (InterruptedException stop) {
                throw new IllegalStateException(stop);
            }
            return network.parameters().get("0.bias").numel() == 6 ? new float[6] : null;
        }));
        inside.await();
        Future<?> closing = threads.submit(network::close);
        assertThatThrownBy(() -> closing.get(100, TimeUnit.MILLISECONDS)).isInstanceOf(TimeoutException.class);
        leave.countDown();
        closing.get();
        assertThat(work.get()).hasSize(6);
        threads.shutdown();
        assertThatThrownBy(() -> frozen(network, x, Precision.FLOAT32))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("This model is closed");
        assertThatThrownBy(network::device).hasMessageContaining("This model is closed");
        network.close();
    }

    @Test
    void isNotClosedFromInside() {
        try (Sequence network = network()) {
            network.settle();
            assertThatThrownBy(() -> network.using(() -> {
                        network.close();
                        return null;
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("from inside its own work");
        }
    }
}
