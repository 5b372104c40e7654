package io.inkstone.train;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Share;
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
    private final Share share;
    private final SplitMix64 levels;
    private final SplitMix64 dropout;

    /** @param batch number of the batch since the start of training; below 0 for held-out pictures */
    public Draws(Seed seed, long batch, ComputeDevice device) {
        this(seed, batch, device, null);
    }

    /**
     * The numbers that fall to some rows of a batch, those that one process would draw for them.
     *
     * @param share the rows; null for a whole batch of any size
     */
    Draws(Seed seed, long batch, ComputeDevice device, Share share) {
        this.share = share;
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

    /** Standard normal; the first dimension is that of the batch's rows. */
    public Tensor normal(long... shape) {
        return device.place(rows(Tensors.normal(noise, whole(shape)), shape));
    }

    /** Uniform in [0, 1), likewise. */
    public Tensor uniform(long... shape) {
        return device.place(rows(Tensors.uniform(noise, whole(shape)), shape));
    }

    /** {@code count} whole numbers, uniform in {@code lowest…highest}: one a row, or one a row and then another, and so on. */
    public int[] integers(int count, int lowest, int highest) {
        int[] all = IntStream.generate(() -> levels.nextInt(lowest, highest + 1))
                .limit(whole(count))
                .toArray();
        return taken(count).map(i -> all[i]).toArray();
    }

    /** {@code count} numbers from N(0, 1), for levels; by rows likewise. */
    public double[] normals(int count) {
        double[] all =
                DoubleStream.generate(levels::nextGaussian).limit(whole(count)).toArray();
        return taken(count).mapToDouble(i -> all[i]).toArray();
    }

    /** A column [count, 1] of ones with zeros where something is dropped, each with {@code probability}; by rows likewise. */
    public Tensor keep(int count, double probability) {
        float[] all = new float[whole(count)];
        for (int i = 0; i < all.length; i++) {
            all[i] = dropout.nextDouble() < probability ? 0 : 1;
        }
        float[] mask = new float[count];
        int[] taken = taken(count).toArray();
        for (int i = 0; i < count; i++) {
            mask[i] = all[taken[i]];
        }
        return device.place(Tensors.of(mask, count, 1));
    }

    private boolean isWhole() {
        return share == null || share.isAll();
    }

    private long[] whole(long[] shape) {
        if (isWhole()) {
            return shape;
        }
        long[] all = shape.clone();
        all[0] = whole(Math.toIntExact(shape[0]));
        return all;
    }

    private int whole(int count) {
        return isWhole() ? count : count / share.count() * share.whole();
    }

    private Tensor rows(Tensor drawn, long[] shape) {
        return isWhole() ? drawn : drawn.narrow(0, share.first(), shape[0]).contiguous();
    }

    /** Where the numbers of the rows stand among those of the whole batch. */
    private IntStream taken(int count) {
        if (isWhole()) {
            return IntStream.range(0, count);
        }
        return IntStream.range(0, count)
                .map(i -> i / share.count() * share.whole() + share.first() + i % share.count());
    }

    /** A new source for the dropouts of one pass through a network. */
    SplitMix64 dropouts() {
        return seed.random(Seed.Purpose.DROPOUT, batch, 1);
    }
}
