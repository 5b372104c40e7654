package io.inkstone.train;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.SplitMix64;
import io.inkstone.tensor.Tensors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.Tensor;

/**
 * The random numbers of one batch of one step: pure functions of the run's seed and the batch's number, whatever was
 * drawn before. Belongs to the step's scope. Open to be replaced, so that an objective can be computed from numbers that
 * another program was given too.
 */
public class Draws {
    private final ComputeDevice device;
    private final Seed seed;
    private final long batch;
    private final Generator noise;
    private final SplitMix64 levels;
    private final SplitMix64 dropout;

    /** @param batch number of the batch since the start of training; below 0 for held-out pictures */
    public Draws(Seed seed, long batch, ComputeDevice device) {
        this.device = device;
        this.seed = seed;
        this.batch = batch;
        noise = seed.generator(Seed.Purpose.NOISE, batch);
        levels = seed.random(Seed.Purpose.NOISE, batch, 1);
        dropout = seed.random(Seed.Purpose.DROPOUT, batch);
    }

    /** Number of the batch since the start of training; below 0 for held-out pictures. */
    public long batch() {
        return batch;
    }

    /** Standard normal. */
    public Tensor normal(long... shape) {
        return device.place(Tensors.normal(noise, shape));
    }

    /** Uniform in [0, 1). */
    public Tensor uniform(long... shape) {
        return device.place(Tensors.uniform(noise, shape));
    }

    /** {@code count} whole numbers, uniform in {@code lowest…highest}. */
    public int[] integers(int count, int lowest, int highest) {
        return IntStream.generate(() -> levels.nextInt(lowest, highest + 1))
                .limit(count)
                .toArray();
    }

    /** {@code count} numbers from N(0, 1), for levels. */
    public double[] normals(int count) {
        return DoubleStream.generate(levels::nextGaussian).limit(count).toArray();
    }

    /** A column [count, 1] of ones with zeros where something is dropped, each with {@code probability}. */
    public Tensor keep(int count, double probability) {
        float[] mask = new float[count];
        for (int i = 0; i < count; i++) {
            mask[i] = dropout.nextDouble() < probability ? 0 : 1;
        }
        return device.place(Tensors.of(mask, count, 1));
    }

    /** A new source for the dropouts of one pass through a network. */
    SplitMix64 dropouts() {
        return seed.random(Seed.Purpose.DROPOUT, batch, 1);
    }
}
