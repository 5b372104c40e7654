package io.inkstone.train;

import io.inkstone.layers.BatchNorm;
import io.inkstone.layers.Conv2d;
import io.inkstone.layers.ConvTranspose2d;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Linear;
import io.inkstone.layers.Sequence;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Tensor;

/** The smallest thing that trains: a linear map with a norm that learns to halve numbers. */
final class Toy {
    private Toy() {}

    static Sequence network(long seed) {
        try (Scope scope = Scope.open()) {
            Initializer init = Initializer.seeded(new Seed(seed));
            return new Sequence(new Linear(init, 4, 4), new BatchNorm(init, 4));
        }
    }

    /** For pictures [N, 3, 8, 8]: weights of several shapes, laid out with channels innermost, and a norm. */
    static Sequence convolutions(long seed) {
        try (Scope scope = Scope.open()) {
            Initializer init = Initializer.seeded(new Seed(seed));
            return new Sequence(
                    Conv2d.same(init, 3, 5),
                    new BatchNorm(init, 5),
                    new Conv2d(init, 5, 4, 4, 2, 1),
                    new ConvTranspose2d(init, 4, 3, 2, 2, 0, 0));
        }
    }

    static Objective objective(Sequence network) {
        return Objective.of(network, (batch, draws) -> {
            Tensor noise = draws.normal(batch.pictures().shape());
            Tensor output = network.apply(batch.pictures().add(noise));
            return Losses.of(Tensors.meanSquaredError(output, Tensors.scale(batch.pictures(), 0.5)));
        });
    }

    static TrainingPlan plan(int epochs, int accumulate) {
        return new TrainingPlan(
                epochs, accumulate, OptimizerConfig.adam(1e-2), Precision.FLOAT32, ComputeDevice.CPU, new Seed(3));
    }

    /** {@code batches} batches of 8 an epoch, each a function of epoch and place. */
    static BatchSource source(int epochs, int batches) {
        return (epoch, inEpoch) -> new BatchSource.Batches() {
            private int next = epoch * batches + inEpoch / 8;

            @Override
            public boolean hasNext() {
                return next < epochs * batches;
            }

            @Override
            public Batch next() {
                Tensor pictures = Tensors.normal(new Seed(9).generator(Seed.Purpose.ORDER, next), 8, 4);
                next++;
                return new Batch(pictures, List.of(), next % batches == 0);
            }

            @Override
            public double secondsWaited() {
                return 0;
            }

            @Override
            public void close() {}
        };
    }

    /** The batches of {@code source}; {@code beforeEach} runs when one is asked for. */
    static BatchSource watched(BatchSource source, Runnable beforeEach) {
        return (epoch, inEpoch) -> new BatchSource.Batches() {
            private final BatchSource.Batches batches = source.open(epoch, inEpoch);

            @Override
            public boolean hasNext() {
                return batches.hasNext();
            }

            @Override
            public Batch next() {
                beforeEach.run();
                return batches.next();
            }

            @Override
            public double secondsWaited() {
                return batches.secondsWaited();
            }

            @Override
            public void close() {
                batches.close();
            }
        };
    }

    /** Takes the loss of every step. */
    static Listener collecting(List<Double> losses) {
        return new Listener() {
            @Override
            public void stepped(Trainer trainer, StepReport report) {
                losses.add(report.loss());
            }
        };
    }

    static double mean(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
}
