package io.inkstone.diffusion;

/**
 * One point of a noise path: x = alpha·clean + sigma·noise.
 *
 * @param time in [0, 1]; 0 is clean, 1 is where sampling starts
 * @param alpha factor of the clean picture
 * @param sigma factor of the noise
 */
public record Level(double time, double alpha, double sigma) {
    /** u = σ/α, noise per signal, from 0 (clean) to infinity (no signal): what EDM and k-diffusion call σ. */
    public double ratio() {
        return sigma / alpha;
    }

    /** λ = ln(α/σ), half the logarithm of the signal-to-noise ratio; from infinity (clean) to −infinity (no signal). */
    public double lambda() {
        return -Math.log(ratio());
    }

    /** σ_t² − (α_t/α_s)²·σ_s²: variance of the noise that the way from the cleaner level s to this one adds. */
    public double varianceSince(Level cleaner) {
        double carried = alpha / cleaner.alpha * cleaner.sigma;
        return Math.max(0, sigma * sigma - carried * carried);
    }

    /** Deviation of noisy pictures whose clean ones have deviation 1: what unit noise is multiplied by to start here. */
    public double deviation() {
        return Math.hypot(alpha, sigma);
    }
}
