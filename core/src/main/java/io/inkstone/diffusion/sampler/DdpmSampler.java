package io.inkstone.diffusion.sampler;

import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Noise;
import io.inkstone.tensor.Tensors;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;

/**
 * Ancestral sampling (Ho et al. 2020, algorithm 2), for any two levels t → s: the mean of q(x_s | x_t, clean),
 * (α_{ts}·σ_s²·x_t + α_s·σ_{ts}²·clean)/σ_t² with α_{ts} = α_t/α_s and σ_{ts}² = σ_t² − α_{ts}²·σ_s², plus noise. The
 * last step adds none and returns the guess itself.
 *
 * <p>Between neighbours of the table this is the published x ← (x − ε·β/√(1−ᾱ))/√(1−β) + √β·z. (At t = 1 the published
 * formula takes β_1 although ᾱ_0 was set to 1; taking the ratio of the ᾱ instead makes the last step exact.)
 */
public record DdpmSampler(Variance variance) implements SingleStepSampler {
    /** How much noise a step adds. */
    public enum Variance {
        /** σ_{ts}² (β between neighbours): the published choice, right only for small steps. */
        LARGE,
        /** σ_{ts}²·σ_s²/σ_t², the posterior's own: right for any number of steps. */
        SMALL,
        /** None: shows what the noise is for, samples collapse into blurred ones. */
        ZERO
    }

    @Override
    public Tensor step(Tensor noisy, Tensor clean, Level from, Level to, Noise noise) {
        double ratio = from.alpha() / to.alpha();
        double sigmaFrom2 = from.sigma() * from.sigma();
        double sigmaTo2 = to.sigma() * to.sigma();
        double added2 = from.varianceSince(to);
        Tensor mean = Tensors.combine(ratio * sigmaTo2 / sigmaFrom2, noisy, to.alpha() * added2 / sigmaFrom2, clean);
        if (to.sigma() == 0 || variance == Variance.ZERO) {
            return mean;
        }
        double variance2 = variance == Variance.LARGE ? added2 : added2 * sigmaTo2 / sigmaFrom2;
        return mean.add_(noise.next(noisy.shape()), new Scalar(Math.sqrt(variance2)));
    }
}
