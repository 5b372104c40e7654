package io.inkstone.diffusion.path;

import io.inkstone.InputException;
import io.inkstone.Words;

/**
 * The path of DDPM (Ho et al. 2020, section 4): β grows linearly, ᾱ_t = Π (1 − β_i), x_t = √ᾱ_t·clean + √(1−ᾱ_t)·noise.
 *
 * <p>The table has T+1 entries: β_i runs from betaStart at i = 0 to betaEnd at i = T, ᾱ_t is the product from 0 to t,
 * and ᾱ_0 is then set to 1.
 */
public final class LinearBetaPath extends TablePath {
    /**
     * @param steps T, the number of noise levels
     * @param betaStart variance of the first step
     * @param betaEnd variance of the last step
     */
    public LinearBetaPath(int steps, double betaStart, double betaEnd) {
        super(table(steps, betaStart, betaEnd));
    }

    private static double[] table(int steps, double betaStart, double betaEnd) {
        requireBetas(steps, betaStart, betaEnd);
        double[] logAlphaBar = new double[steps + 1];
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            sum += Math.log1p(-(betaStart + (betaEnd - betaStart) * i / steps));
            logAlphaBar[i] = sum;
        }
        logAlphaBar[0] = 0;
        return logAlphaBar;
    }

    static void requireBetas(int steps, double betaStart, double betaEnd) {
        if (steps < 1 || !(betaStart > 0 && betaStart <= betaEnd && betaEnd < 1)) {
            throw new InputException(Words.of(
                    "A noise path by betas needs steps ≥ 1 and 0 < betaStart ≤ betaEnd < 1, got %d, %s and %s.",
                    steps, betaStart, betaEnd));
        }
    }
}
