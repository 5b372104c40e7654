package io.inkstone.evaluate;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.SplitMix64;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Generator;
import org.bytedeco.pytorch.GeneratorOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.ScalarOptional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorOptions;
import org.bytedeco.pytorch.global.torch;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The Monge inception distance, "MIND" (Berthet et al. 2026): the sliced Wasserstein distance of features. Along each of M random
 * directions u both samples are sorted, and 3·d times the mean squared difference of equal ranks is the distance:
 *
 * <pre>(3·d)/(n·M) · Σ_u Σ_j (sort(Xu)_j − sort(Yu)_j)²</pre>
 *
 * It fits no Gaussians and estimates no covariances, so a thousand pictures say something. Directions, and the rows that are
 * taken of the larger sample, are those of torch-fidelity for the same seed.
 *
 * @param value 0 or more; 0 for equal samples. For different samples of one distribution it is above 0 and falls with
 *     their number: compare figures of equal counts
 * @param count n, pictures of either side that it is of
 */
public record MongeDistance(double value, int count) {
    /** What torch-fidelity takes. */
    public static final long USUAL_SEED = 2020;

    public static final int USUAL_DIRECTIONS = 10_000;

    /** Scatter comes from the pictures, not from the directions: halves take fewer. */
    private static final int DIRECTIONS_OF_HALVES = 500;

    /** Projections that are sorted at a time; a block of 5,000 pictures takes 10 MB. */
    private static final int BLOCK = 512;

    private static final double SHORTEST = 1e-12;

    /** With the usual seed and number of directions. */
    public static MongeDistance between(Features generated, Features real) {
        return between(generated, real, USUAL_DIRECTIONS, USUAL_SEED);
    }

    /** @param directions M, 1 or more */
    public static MongeDistance between(Features generated, Features real, int directions, long seed) {
        requireFit(generated, real, directions);
        int count = Math.min(generated.count(), real.count());
        try (Scope scope = Scope.open()) {
            Generator generator = torch.make_generator_cpu(seed);
            Tensor x = drawn(generated, count, generator);
            Tensor y = drawn(real, count, generator);
            return new MongeDistance(distance(x, y, unit(directions, generated.size(), generator)), count);
        }
    }

    /**
     * The standard error of {@link #value} as an estimate for all pictures that the generator could draw: how the distances of
     * random halves of the generated pictures scatter, each against as many real ones. Halves lie farther off than the
     * whole, by as much each, which their scatter does not see.
     */
    public static double error(Features generated, Features real, long seed) {
        requireFit(generated, real, 1);
        int count = Math.min(generated.count(), real.count()) / 2;
        SplitMix64 random = new SplitMix64(seed);
        double[] figures = new double[Halves.USUAL];
        try (Scope scope = Scope.open()) {
            Tensor directions = unit(DIRECTIONS_OF_HALVES, generated.size(), torch.make_generator_cpu(USUAL_SEED));
            Tensor y = tensor(real.drawn(count, random));
            for (int half = 0; half < figures.length; half++) {
                try (Scope one = Scope.open()) {
                    figures[half] = distance(tensor(generated.drawn(count, random)), y, directions);
                }
            }
        }
        return Halves.deviation(figures);
    }

    private static void requireFit(Features generated, Features real, int directions) {
        if (generated.size() != real.size()) {
            throw new InputException(Words.of(
                    "Samples of %d and of %d features cannot be compared: both must come from one network.",
                    generated.size(), real.size()));
        }
        if (directions < 1 || generated.count() < 2 || real.count() < 2) {
            throw new InputException(Words.of(
                    "A sliced distance needs 1 direction and 2 pictures of either side, got %d, %d and %d.",
                    directions, generated.count(), real.count()));
        }
    }

    private static Tensor drawn(Features features, int count, Generator generator) {
        Tensor all = tensor(features);
        if (features.count() == count) {
            return all;
        }
        Tensor order =
                torch.randperm(features.count(), new GeneratorOptional(generator), new TensorOptions(ScalarType.Long));
        return all.index_select(0, order.narrow(0, 0, count));
    }

    private static Tensor tensor(Features features) {
        return Tensors.of(NdArray.of(features.values(), features.count(), features.size()));
    }

    /** Directions of length 1 [M, d]. */
    private static Tensor unit(int directions, int size, Generator generator) {
        Tensor drawn = Tensors.normal(generator, directions, size);
        Tensor lengths = drawn.norm(new ScalarOptional(new Scalar(2.0)), new long[] {1}, true);
        return drawn.div(lengths.clamp_min(new Scalar(SHORTEST)));
    }

    private static double distance(Tensor x, Tensor y, Tensor directions) {
        long all = directions.size(0);
        double sum = 0;
        for (long from = 0; from < all; from += BLOCK) {
            try (Scope block = Scope.open()) {
                Tensor some = directions.narrow(0, from, Math.min(BLOCK, all - from));
                Tensor difference = sorted(some, x).sub(sorted(some, y)).to(ScalarType.Double);
                sum += Tensors.toDouble(difference.square().sum());
            }
        }
        return 3.0 * directions.size(1) * sum / all / x.size(0);
    }

    /** Places along each direction, ascending [directions, n]. */
    private static Tensor sorted(Tensor directions, Tensor features) {
        return directions.matmul(features.t()).sort(1, false).get0();
    }
}
