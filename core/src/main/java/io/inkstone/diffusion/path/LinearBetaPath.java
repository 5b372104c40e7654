package io.inkstone.diffusion.path;

import io.inkstone.InputException;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.NoisePath;

/**
 * The path of DDPM (Ho et al. 2020, section 4): β grows linearly, ᾱ_t = Π (1 − β_i), x_t = √ᾱ_t·clean + √(1−ᾱ_t)·noise.
 *
 * <p>The table has T+1 entries: β_i runs from betaStart at i = 0 to betaEnd at i = T, ᾱ_t is the product from 0 to t,
 * and ᾱ_0 is then set to 1. Times between entries are interpolated in ln ᾱ.
 */
public final class LinearBetaPath implements NoisePath {
    private final double[] logAlphaBar;

    /**
     * @param steps T, the number of noise levels
     * @param betaStart variance of the first step
     * @param betaEnd variance of the last step
     */
    public LinearBetaPath(int steps, double betaStart, double betaEnd) {
        if (steps < 1 || !(betaStart > 0 && betaStart <= betaEnd && betaEnd < 1)) {
            throw new InputException(
                    "A linear noise path needs steps ≥ 1 and 0 < betaStart ≤ betaEnd < 1, got %d, %s and %s."
                            .formatted(steps, betaStart, betaEnd));
        }
        logAlphaBar = new double[steps + 1];
        double sum = 0;
        for (int i = 0; i <= steps; i++) {
            sum += Math.log1p(-(betaStart + (betaEnd - betaStart) * i / steps));
            logAlphaBar[i] = sum;
        }
        logAlphaBar[0] = 0;
    }

    /** T. */
    public int steps() {
        return logAlphaBar.length - 1;
    }

    /** ᾱ at table index 0…T. */
    public double alphaBar(int index) {
        return Math.exp(logAlphaBar[index]);
    }

    @Override
    public Level at(double time) {
        NoisePath.requireTime(time);
        double position = time * steps();
        int below = (int) Math.min(Math.floor(position + 1e-9), steps() - 1);
        double logarithm = logAlphaBar[below] + (logAlphaBar[below + 1] - logAlphaBar[below]) * snap(position - below);
        return new Level(time, Math.exp(logarithm / 2), Math.sqrt(0.0 - Math.expm1(logarithm)));
    }

    /** i/T·T is not always i in floating point; table entries must be met exactly. */
    private static double snap(double fraction) {
        double nearest = Math.rint(fraction);
        return Math.abs(fraction - nearest) < 1e-9 ? nearest : fraction;
    }
}
