package io.inkstone.diffusion.path;

/**
 * The path of latent diffusion (Rombach et al. 2022): the root of β grows linearly, β_i = (√betaStart + (√betaEnd −
 * √betaStart)·(i−1)/(T−1))² for i = 1…T, ᾱ_t = Π (1 − β_i). The published numbers are T = 1000, 0.00085 and 0.012.
 */
public final class ScaledLinearPath extends TablePath {
    /**
     * @param steps T, the number of noise levels
     * @param betaStart variance of the first step
     * @param betaEnd variance of the last step
     */
    public ScaledLinearPath(int steps, double betaStart, double betaEnd) {
        super(table(steps, betaStart, betaEnd));
    }

    private static double[] table(int steps, double betaStart, double betaEnd) {
        LinearBetaPath.requireBetas(steps, betaStart, betaEnd);
        double first = Math.sqrt(betaStart);
        double last = Math.sqrt(betaEnd);
        return cumulative(steps, i -> {
            double root = first + (last - first) * (i - 1) / Math.max(1, steps - 1);
            return root * root;
        });
    }
}
