package io.inkstone.diffusion.path;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.NoisePath;
import java.util.function.IntToDoubleFunction;

/**
 * A path with α² + σ² = 1 that is told by a table: x_t = √ᾱ_t·clean + √(1−ᾱ_t)·noise for t = 0…T, with ᾱ_0 = 1. Times
 * between entries are interpolated in ln ᾱ.
 */
public class TablePath implements NoisePath {
    /** The most that one step of the table may take: Nichol and Dhariwal 2021, section 3.2. */
    static final double LARGEST_BETA = 0.999;

    private final double[] logAlphaBar;

    /** @param logAlphaBar ln ᾱ_0 = 0 … ln ᾱ_T, descending */
    protected TablePath(double[] logAlphaBar) {
        if (Math.exp(logAlphaBar[Math.max(0, logAlphaBar.length - 2)] / 2) == 0) {
            throw new InputException(Words.of(
                    "This noise path has no signal left before its last level: lower diffusion.betaEnd or diffusion.steps (%d).",
                    logAlphaBar.length - 1));
        }
        this.logAlphaBar = logAlphaBar;
    }

    /** ln ᾱ from the variances β_1…β_T of the steps. */
    static double[] cumulative(int steps, IntToDoubleFunction beta) {
        if (steps < 1) {
            throw new InputException("A noise path needs 1 step or more, got " + steps + ".");
        }
        double[] logarithms = new double[steps + 1];
        for (int i = 1; i <= steps; i++) {
            logarithms[i] = logarithms[i - 1] + Math.log1p(-beta.applyAsDouble(i));
        }
        return logarithms;
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
