package io.inkstone.diffusion.path;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.NoisePath;

/**
 * The path of EDM (Karras et al. 2022): noise is added and nothing else changes, α = 1. The table index i = 1…T has σ_i =
 * (σ_min^{1/ρ} + (i−1)/(T−1)·(σ_max^{1/ρ} − σ_min^{1/ρ}))^ρ with ρ = 7 (their eq. 5, from the other end); below the first,
 * σ falls linearly to 0.
 *
 * @param steps T, the number of noise levels
 * @param sigmaMin σ at index 1
 * @param sigmaMax σ at index T
 */
public record EdmPath(int steps, double sigmaMin, double sigmaMax) implements NoisePath {
    private static final double RHO = 7;

    public EdmPath {
        if (steps < 2 || !(sigmaMin > 0 && sigmaMin < sigmaMax && Double.isFinite(sigmaMax))) {
            throw new InputException(Words.of(
                    "The path of EDM needs steps ≥ 2 and 0 < sigmaMin < sigmaMax, got %d, %s and %s.",
                    steps, sigmaMin, sigmaMax));
        }
    }

    @Override
    public Level at(double time) {
        NoisePath.requireTime(time);
        double position = time * steps;
        if (position <= 1) {
            return new Level(time, 1, sigmaMin * position);
        }
        return new Level(time, 1, Math.pow(low() + (high() - low()) * (position - 1) / (steps - 1), RHO));
    }

    @Override
    public double timeOf(double ratio) {
        double position = ratio <= sigmaMin
                ? ratio / sigmaMin
                : 1 + (Math.pow(ratio, 1 / RHO) - low()) / (high() - low()) * (steps - 1);
        return Math.min(1, position / steps);
    }

    private double low() {
        return Math.pow(sigmaMin, 1 / RHO);
    }

    private double high() {
        return Math.pow(sigmaMax, 1 / RHO);
    }
}
