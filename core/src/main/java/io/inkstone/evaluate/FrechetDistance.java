package io.inkstone.evaluate;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/**
 * The Fréchet distance between Gaussians (Dowson and Landau 1982), of features of pictures the "FID" (Heusel et al. 2017,
 * eq. 6): ‖μ₁ − μ₂‖² + tr(Σ₁ + Σ₂ − 2(Σ₁Σ₂)^½). Everything is float64.
 *
 * <p>The trace of (Σ₁Σ₂)^½ is computed as the sum of the singular values of R₁ᵀR₂, where Rᵢ is a root of Σᵢ from its
 * symmetric eigendecomposition. Unlike a matrix square root of the product, that stays real and exact where covariances are
 * singular, which they are with fewer pictures than features. No ε is added.
 */
public final class FrechetDistance {
    private static final double EPSILON = Math.ulp(1.0);

    private final Root reference;

    /** A root [d, rank] of a covariance, as Java numbers: it outlives scopes. */
    private record Root(double[] mean, double trace, double[] values, int rank, int size) {
        static Root of(Moments moments) {
            int size = moments.size();
            try (Scope scope = Scope.open()) {
                Tensor covariance = moments.covariance();
                T_TensorTensor_T parts = torch.linalg_eigh(covariance);
                double[] eigenvalues = Tensors.toDoubles(parts.get0().clone());
                double[] vectors = Tensors.toDoubles(parts.get1().clone());
                // Ascending; what is below rounding of the largest is no variance.
                double least = Math.max(0, eigenvalues[size - 1]) * size * EPSILON;
                int first = 0;
                while (first < size && eigenvalues[first] <= least) {
                    first++;
                }
                double trace = 0;
                double[] root = new double[size * (size - first)];
                for (int column = first; column < size; column++) {
                    trace += eigenvalues[column];
                    double deviation = Math.sqrt(eigenvalues[column]);
                    for (int row = 0; row < size; row++) {
                        root[row * (size - first) + column - first] = vectors[row * size + column] * deviation;
                    }
                }
                return new Root(moments.mean(), trace, root, size - first, size);
            }
        }

        Tensor tensor() {
            return Tensors.of(NdArray.of(values, size, rank));
        }
    }

    /** @param reference usually real pictures: their decomposition is kept for any number of comparisons */
    public FrechetDistance(Moments reference) {
        this.reference = Root.of(reference);
    }

    public static double between(Moments one, Moments other) {
        return new FrechetDistance(one).to(other);
    }

    /** 0 or more. */
    public double to(Moments moments) {
        if (moments.size() != reference.size) {
            throw new InputException(Words.of(
                    "Moments of %d and of %d features cannot be compared: both must come from one network.",
                    moments.size(), reference.size));
        }
        Root other = Root.of(moments);
        double distance = reference.trace + other.trace - 2 * rootOfProduct(other);
        for (int i = 0; i < reference.size; i++) {
            double difference = reference.mean[i] - other.mean[i];
            distance += difference * difference;
        }
        return Math.max(0, distance);
    }

    /** tr (Σ₁Σ₂)^½. */
    private double rootOfProduct(Root other) {
        if (reference.rank == 0 || other.rank == 0) {
            return 0;
        }
        try (Scope scope = Scope.open()) {
            Tensor product = reference.tensor().t().matmul(other.tensor());
            return Tensors.toDouble(torch.linalg_svdvals(product).sum());
        }
    }
}
