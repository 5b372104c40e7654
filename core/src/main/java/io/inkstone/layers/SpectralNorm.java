package io.inkstone.layers;

import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Divides a weight by its largest singular value, so that a layer cannot stretch any direction (Miyato et al. 2018,
 * algorithm 1). The value is followed by one round of power iteration per training pass: σ = uᵀ·W·v with W as a matrix
 * [out, everything else].
 *
 * <p>Not a layer itself: it registers {@code weight_orig} and the vectors {@code weight_u}, {@code weight_v} with the
 * layer that it serves, the names of {@code torch.nn.utils.spectral_norm}.
 */
final class SpectralNorm {
    private static final double EPS = 1e-12;
    /** Rounds before the first pass, so that training starts near the true value. */
    private static final int FIRST_ROUNDS = 15;

    private final Tensor weight;
    private final Tensor u;
    private final Tensor v;

    /** The three tensors as their layer has registered them. */
    SpectralNorm(Tensor weight, Tensor u, Tensor v) {
        this.weight = weight;
        this.u = u;
        this.v = v;
        for (int round = 0; round < FIRST_ROUNDS; round++) {
            iterate();
        }
    }

    /** First values of u and v for {@code weight}: any direction does that is not orthogonal to the singular one. */
    static Tensor direction(Initializer init, long size) {
        return init.uniform(1, size);
    }

    /** W/σ. */
    Tensor weight(boolean training) {
        return Scope.yielding(() -> Precision.inFloat32(() -> {
            if (training) {
                iterate();
            }
            // Copies: the next pass iterates before this one's gradients are taken.
            Tensor left = u.clone();
            Tensor right = v.clone();
            return weight.div(matrix().mv(right).dot(left));
        }));
    }

    /** One round: v = Wᵀu/‖Wᵀu‖, u = Wv/‖Wv‖. */
    private void iterate() {
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin()) {
            v.copy_(unit(matrix().t().mv(u)));
            u.copy_(unit(matrix().mv(v)));
        }
    }

    private Tensor matrix() {
        return weight.reshape(weight.size(0), -1);
    }

    private static Tensor unit(Tensor vector) {
        return vector.div(vector.norm().add(new Scalar(EPS)));
    }
}
