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

    /** Deviation of noisy pictures whose clean ones have deviation 1: what unit noise is multiplied by to start here. */
    public double deviation() {
        return Math.hypot(alpha, sigma);
    }
}
