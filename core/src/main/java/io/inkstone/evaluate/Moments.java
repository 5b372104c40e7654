package io.inkstone.evaluate;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Tensor;

/**
 * Mean and covariance of feature vectors, taken in batch by batch in float64; no vector is kept. Batches are merged by
 * the update of Chan, Golub and LeVeque 1979, so that no large sums are subtracted.
 */
public final class Moments {
    private final int size;
    private final double[] mean;
    private final double[] scatter;
    private long count;

    /** @param size d, the length of a vector */
    public Moments(int size) {
        this.size = size;
        mean = new double[size];
        scatter = new double[Math.multiplyExact(size, size)];
    }

    /** The moments of rows that are all at hand. */
    public static Moments of(Features features) {
        Moments moments = new Moments(features.size());
        moments.add(features);
        return moments;
    }

    /**
     * What was taken in elsewhere.
     *
     * @param count of vectors
     * @param mean [d]
     * @param scatter [d, d], row by row, as {@link #scatter} gives it
     */
    public static Moments of(long count, double[] mean, double[] scatter) {
        Moments moments = new Moments(mean.length);
        if (count < 0 || scatter.length != moments.scatter.length) {
            throw new InputException(Words.of(
                    "Moments of %d vectors with a mean of %d numbers and a scatter of %d are not moments: 0 vectors or more, d and d·d numbers were expected.",
                    count, mean.length, scatter.length));
        }
        moments.count = count;
        System.arraycopy(mean, 0, moments.mean, 0, mean.length);
        System.arraycopy(scatter, 0, moments.scatter, 0, scatter.length);
        return moments;
    }

    /** Takes in more rows. */
    public void add(Features batch) {
        if (batch.size() != size) {
            throw new InputException(Words.of("Moments of %d features take no rows of %d.", size, batch.size()));
        }
        if (batch.count() == 0) {
            return;
        }
        double[] batchMean = batch.mean();
        merge(batch.count(), batchMean, products(batch, batchMean));
    }

    /** Takes in all that others took in, as if it were one more batch. */
    public void add(Moments others) {
        if (others.size != size) {
            throw new InputException(
                    Words.of("Moments of %d features take in none of %d features.", size, others.size));
        }
        if (others.count > 0) {
            merge(others.count, others.mean, others.scatter);
        }
    }

    private void merge(long moreCount, double[] moreMean, double[] moreScatter) {
        double share = (double) moreCount / (count + moreCount);
        double weight = count * share;
        double[] step = new double[size];
        for (int i = 0; i < size; i++) {
            step[i] = moreMean[i] - mean[i];
        }
        for (int i = 0; i < size; i++) {
            for (int j = 0, at = i * size; j < size; j++, at++) {
                scatter[at] += moreScatter[at] + weight * step[i] * step[j];
            }
            mean[i] += share * step[i];
        }
        count += moreCount;
    }

    /** Σ (x − mean)(x − mean)ᵀ over a batch. */
    private static double[] products(Features batch, double[] batchMean) {
        try (Scope scope = Scope.open()) {
            Tensor rows = batch.rows(0, batch.count(), batchMean);
            return Tensors.toDoubles(rows.t().matmul(rows));
        }
    }

    /** Vectors taken in. */
    public long count() {
        return count;
    }

    /** d. */
    public int size() {
        return size;
    }

    /** [d]; zeros where nothing was taken in. */
    public double[] mean() {
        return mean.clone();
    }

    /** Σ (x − mean)(x − mean)ᵀ over all vectors, [d, d] row by row: with count and mean, what {@link #of(long, double[], double[])} takes. */
    public double[] scatter() {
        return scatter.clone();
    }

    /** The unbiased estimate [d, d], divided by N − 1. */
    Tensor covariance() {
        if (count < 2) {
            throw new InputException(Words.of("A covariance needs 2 pictures or more, got %d.", count));
        }
        double[] values = new double[scatter.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = scatter[i] / (count - 1);
        }
        return Tensors.of(NdArray.of(values, size, size));
    }
}
