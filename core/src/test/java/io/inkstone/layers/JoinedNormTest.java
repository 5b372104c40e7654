package io.inkstone.layers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Share;
import io.inkstone.tensor.Tensors;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two that hold parts of a batch normalise it, and learn from it, as one that holds all of it. */
class JoinedNormTest {
    private static final int ROWS = 5;
    private static final int CHANNELS = 3;

    /** What a pass left: output and gradient of the input by rows, then the norm's gradients and statistics. */
    private record Pass(
            float[] output, float[] ofInput, Map<String, float[]> ofNorm, Map<String, float[]> statistics) {}

    private static Pass pass(Share share, boolean maps) {
        try (Scope scope = Scope.open();
                BatchNorm norm = new BatchNorm(Initializer.seeded(new Seed(1)), CHANNELS)) {
            long[] shape = maps ? new long[] {ROWS, CHANNELS, 4, 4} : new long[] {ROWS, CHANNELS};
            // Far from 0, where a difference of squares would lose the variance.
            Tensor all = Tensors.normal(new Seed(7).generator(Seed.Purpose.NOISE), shape)
                    .mul(new Scalar(2.0))
                    .add(new Scalar(30.0));
            Tensor x = all.narrow(0, share.first(), share.count()).contiguous().requires_grad_(true);
            Tensor slopes = Tensors.normal(new Seed(8).generator(Seed.Purpose.NOISE), shape)
                    .narrow(0, share.first(), share.count());
            Tensor y = norm.apply(x);
            y.mul(y)
                    .mul(slopes)
                    .sum()
                    .mul(new Scalar(share.counts() ? 1.0 : 0.0))
                    .backward();
            return new Pass(
                    Tensors.toFloats(y),
                    Tensors.toFloats(x.grad()),
                    Map.of(
                            "weight",
                                    Tensors.toFloats(
                                            norm.parameters().get("weight").grad()),
                            "bias",
                                    Tensors.toFloats(
                                            norm.parameters().get("bias").grad())),
                    Map.of(
                            "mean", Tensors.toFloats(norm.buffers().get("running_mean")),
                            "variance", Tensors.toFloats(norm.buffers().get("running_var"))));
        }
    }

    /** The sums of two threads that meet. */
    private static final class Meeting {
        private final CyclicBarrier barrier = new CyclicBarrier(2);
        private final double[][] brought = new double[2][];

        Consumer<Tensor> of(int rank) {
            return values -> {
                try {
                    brought[rank] = Tensors.toDoubles(values);
                    barrier.await();
                    double[] theirs = brought[1 - rank].clone();
                    barrier.await();
                    for (int i = 0; i < theirs.length; i++) {
                        try (Scope scope = Scope.open()) {
                            values.narrow(0, i, 1).add_(new Scalar(theirs[i]));
                        }
                    }
                } catch (Exception broken) {
                    throw new IllegalStateException(broken);
                }
            };
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoAreAsOne(boolean maps) throws Exception {
        Pass alone = pass(Share.all(ROWS), maps);
        Meeting meeting = new Meeting();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            Future<Pass> first = threads.submit(passing(meeting, 0, maps));
            Future<Pass> second = threads.submit(passing(meeting, 1, maps));
            same(alone.output, joined(first.get().output, second.get().output));
            same(alone.ofInput, joined(first.get().ofInput, second.get().ofInput));
            alone.ofNorm.forEach((name, values) -> {
                float[] sum = values.clone();
                for (int i = 0; i < sum.length; i++) {
                    sum[i] = value(first).ofNorm.get(name)[i]
                            + value(second).ofNorm.get(name)[i];
                }
                same(values, sum);
            });
            alone.statistics.forEach((name, values) -> {
                same(values, value(first).statistics.get(name));
                assertThat(value(second).statistics.get(name))
                        .isEqualTo(value(first).statistics.get(name));
            });
        } finally {
            threads.shutdownNow();
        }
    }

    private static Callable<Pass> passing(Meeting meeting, int rank, boolean maps) {
        Share share = Share.of(ROWS, rank, 2);
        return () -> JoinedNorm.during(meeting.of(rank), share, () -> pass(share, maps));
    }

    private static Pass value(Future<Pass> future) {
        try {
            return future.get();
        } catch (Exception failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static float[] joined(float[] a, float[] b) {
        float[] all = java.util.Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, all, a.length, b.length);
        return all;
    }

    /** To float32's rounding of values of the order of the largest. */
    private static void same(float[] expected, float[] actual) {
        float largest = 0;
        for (float value : expected) {
            largest = Math.max(largest, Math.abs(value));
        }
        assertThat(actual).containsExactly(expected, within(1e-5f * largest));
    }
}
