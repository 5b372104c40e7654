package io.inkstone.evaluate;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.SplitMix64;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * The squared maximum mean discrepancy between features with the kernel (xᵀy/d + 1)³, the "KID" (Bińkowski et al. 2018,
 * section 4 and eq. 4). Unbiased at any sample size, so it may be a little below 0 for equal distributions; means over
 * random subsets of equal size.
 *
 * @param mean over the subsets
 * @param deviation of the subsets' values, with N − 1; says how far a single subset is to be trusted
 * @param subsets how many
 * @param size pictures of each side in a subset
 */
public record KernelDistance(double mean, double deviation, int subsets, int size) {
    public static final int SUBSETS = 100;
    public static final int SUBSET_SIZE = 1000;
    private static final int BLOCK = 256;

    /** The usual 100 subsets of 1,000, or of half of the smaller side if that is less. */
    public static KernelDistance between(Features generated, Features real, long seed) {
        int size = Math.min(SUBSET_SIZE, Math.max(2, Math.min(generated.count(), real.count()) / 2));
        return between(generated, real, SUBSETS, size, seed);
    }

    static KernelDistance between(Features generated, Features real, int subsets, int size, long seed) {
        Features.requireAlike(generated, real);
        if (size < 2 || size > Math.min(generated.count(), real.count())) {
            throw new InputException(Words.of(
                    "KID needs 2 pictures or more of each side, got %d generated and %d real.",
                    generated.count(), real.count()));
        }
        SplitMix64 random = new SplitMix64(seed);
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < subsets; i++) {
            double value = discrepancy(generated.drawn(size, random), real.drawn(size, random));
            sum += value;
            squares += value * value;
        }
        double mean = sum / subsets;
        double variance = subsets < 2 ? 0 : Math.max(0, (squares - sum * mean) / (subsets - 1));
        return new KernelDistance(mean, Math.sqrt(variance), subsets, size);
    }

    /**
     * The standard error of {@link #mean} as an estimate for all pictures that the generator could draw: how the unbiased
     * estimates of random halves of the generated pictures scatter, each against all real ones, and how the choice of
     * subsets does. Near 0 it comes out too large rather than too small.
     */
    public double error(Features generated, Features real, long seed) {
        double ofHalves = Halves.error(ofParts(generated, real, Halves.of(generated.count(), Halves.USUAL, seed)));
        return Math.sqrt(ofHalves * ofHalves + deviation * deviation / subsets);
    }

    /** The estimate from each part of the generated features, but for what real ones have among themselves. */
    static double[] ofParts(Features generated, Features real, Halves halves) {
        int count = generated.count();
        double[] origin = new double[generated.size()];
        double[] among = new double[halves.parts()];
        double[] across = new double[halves.parts()];
        try (Scope scope = Scope.open()) {
            Tensor all = generated.rows(0, count, origin);
            Tensor others = real.rows(0, real.count(), origin);
            Tensor members = Tensors.of(NdArray.of(marks(halves), count, halves.parts()));
            for (int from = 0; from < count; from += BLOCK) {
                int to = Math.min(count, from + BLOCK);
                try (Scope block = Scope.open()) {
                    Tensor rows = all.narrow(0, from, to - from);
                    Tensor kernel = kernel(rows, all);
                    double[] sums = Tensors.toDoubles(kernel.matmul(members));
                    double[] self =
                            Tensors.toDoubles(kernel.narrow(1, from, to - from).diag());
                    double[] cross = Tensors.toDoubles(kernel(rows, others).sum(1));
                    for (int i = from; i < to; i++) {
                        int row = i - from;
                        Halves.forEach(halves.members()[i], part -> {
                            among[part] += sums[row * halves.parts() + part] - self[row];
                            across[part] += cross[row];
                        });
                    }
                }
            }
        }
        int[] counts = halves.counts();
        double[] figures = new double[halves.parts()];
        for (int part = 0; part < figures.length; part++) {
            double n = counts[part];
            figures[part] = among[part] / (n * (n - 1)) - 2 * across[part] / (n * real.count());
        }
        return figures;
    }

    /** [N, parts], 1 where a part holds a value. */
    private static double[] marks(Halves halves) {
        double[] marks = new double[halves.members().length * halves.parts()];
        for (int i = 0; i < halves.members().length; i++) {
            int row = i * halves.parts();
            Halves.forEach(halves.members()[i], part -> marks[row + part] = 1);
        }
        return marks;
    }

    /** The unbiased estimate from all pairs of two samples of one size. */
    static double discrepancy(Features x, Features y) {
        int count = x.count();
        double[] origin = new double[x.size()];
        try (Scope scope = Scope.open()) {
            Tensor a = x.rows(0, count, origin);
            Tensor b = y.rows(0, count, origin);
            double pairs = (double) count * (count - 1);
            return (withoutDiagonal(a) + withoutDiagonal(b)) / pairs
                    - 2 * Tensors.toDouble(kernel(a, b).sum()) / ((double) count * count);
        }
    }

    private static double withoutDiagonal(Tensor rows) {
        try (Scope scope = Scope.open()) {
            Tensor all = kernel(rows, rows);
            return Tensors.toDouble(all.sum()) - Tensors.toDouble(all.diag().sum());
        }
    }

    private static Tensor kernel(Tensor rows, Tensor columns) {
        return Scope.yielding(() -> {
            Tensor base = rows.matmul(columns.t())
                    .div(new Scalar((double) rows.size(1)))
                    .add(new Scalar(1.0));
            return base.mul(base).mul(base);
        });
    }
}
