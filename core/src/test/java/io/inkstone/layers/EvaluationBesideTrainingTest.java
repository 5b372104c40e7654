package io.inkstone.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Supplier;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

/** A network that one thread draws from while another trains it. */
class EvaluationBesideTrainingTest {
    private static Tensor pass(Unary network) {
        Tensor x = Tensors.channelsLast(Tensors.normal(new Seed(2).generator(Seed.Purpose.NOISE), 2, 8, 4, 4));
        return Precision.BFLOAT16.compute(ComputeDevice.CPU, () -> network.apply(x));
    }

    /** libtorch remembers casts of weights for all threads together: those of drawing hand no gradients on. */
    private static void everyParameterLearns(Sequence network, Supplier<Tensor> drawing) throws Exception {
        ExecutorService other = Executors.newSingleThreadExecutor();
        CountDownLatch drawn = new CountDownLatch(1);
        CountDownLatch trained = new CountDownLatch(1);
        try (Scope scope = Scope.open()) {
            Future<?> beside = other.submit(() -> Scope.run(() -> Precision.BFLOAT16.compute(ComputeDevice.CPU, () -> {
                drawing.get();
                drawn.countDown();
                await(trained);
                return null;
            })));
            await(drawn);
            Tensor y = pass(network);
            y.mul(y).sum().backward();
            trained.countDown();
            beside.get();
            network.parameters()
                    .forEach((name, parameter) ->
                            assertThat(parameter.grad().defined()).as(name).isTrue());
        } finally {
            other.shutdown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException failure) {
            throw new IllegalStateException(failure);
        }
    }

    private static Sequence network() {
        Initializer init = Initializer.seeded(new Seed(1));
        return new Sequence(
                Conv2d.same(init, 8, 8),
                new ResidualNormBlock(init, 8, 16, 4, 1e-6),
                new SelfAttention(init, 16, 4, 1e-6),
                new ConvTranspose2d(init, 16, 3, 2, 2, 0, 0));
    }

    @Test
    void plainPasses() throws Exception {
        try (Sequence network = network()) {
            everyParameterLearns(network, () -> Layer.evaluating(() -> pass(network)));
        }
    }

    @Test
    void manyPassesWithoutChange() throws Exception {
        try (Sequence network = network()) {
            everyParameterLearns(network, () -> Layer.evaluating(() -> Frozen.during(() -> pass(network))));
        }
    }
}
