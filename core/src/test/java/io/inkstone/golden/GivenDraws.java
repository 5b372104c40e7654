package io.inkstone.golden;

import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Draws;
import org.bytedeco.pytorch.Tensor;

/** Draws that a formula or a list gives, so that an objective sees what the reference saw. */
final class GivenDraws extends Draws {
    private final long place;
    private final int[] integers;
    private final float[] keep;

    /**
     * @param place of the noise in the formula
     * @param integers all that may be asked for, in order
     * @param keep the mask of what is dropped
     */
    GivenDraws(long place, int[] integers, float[] keep) {
        super(new Seed(0), 0, ComputeDevice.CPU);
        this.place = place;
        this.integers = integers;
        this.keep = keep;
    }

    /** Uniform with variance 1: the objectives only need numbers. */
    @Override
    public Tensor normal(long... shape) {
        return Golden.numbers(place, Math.sqrt(3), 0, shape);
    }

    @Override
    public Tensor uniform(long... shape) {
        return Golden.numbers(place, 0.5, 0.5, shape);
    }

    @Override
    public int[] integers(int count, int lowest, int highest) {
        return integers.clone();
    }

    @Override
    public Tensor keep(int count, double probability) {
        return Tensors.of(keep, count, 1);
    }
}
