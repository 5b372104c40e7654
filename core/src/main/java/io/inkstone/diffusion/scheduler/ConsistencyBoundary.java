package io.inkstone.diffusion.scheduler;

/**
 * What makes a latent consistency model the identity at timestep 0 (Luo et al. 2023, section 4.1; Song et al. 2023, appendix C): f =
 * c_skip·noisy + c_out·guess with τ = scaling·timestep, c_skip = s²/(τ² + s²), c_out = τ/√(τ² + s²) and s = 0.5.
 *
 * @param scaling {@code timestep_scaling}
 */
public record ConsistencyBoundary(double scaling) {
    private static final double SIGMA_DATA = 0.5;

    /** c_skip. */
    double ofNoisy(double timestep) {
        double scaled = scaling * timestep;
        return SIGMA_DATA * SIGMA_DATA / (scaled * scaled + SIGMA_DATA * SIGMA_DATA);
    }

    /** c_out. */
    double ofGuess(double timestep) {
        double scaled = scaling * timestep;
        return scaled / Math.hypot(scaled, SIGMA_DATA);
    }
}
