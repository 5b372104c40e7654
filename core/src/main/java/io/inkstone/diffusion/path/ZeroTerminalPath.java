package io.inkstone.diffusion.path;

import io.inkstone.InputException;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.NoisePath;

/**
 * A path with α² + σ² = 1 whose end is moved to pure noise (Lin et al. 2024, algorithm 1): α' = (α − α_T)·α_1/(α_1 − α_T),
 * so that the first table level stays and the last keeps no signal. Sampling then starts where training ended. What
 * predicts noise cannot start there; velocity can.
 */
public final class ZeroTerminalPath implements NoisePath {
    private static final double ROUNDING = 1e-9;

    private final NoisePath path;
    private final double firstTime;
    private final double firstAlpha;
    private final double lastAlpha;

    /**
     * @param path what is moved
     * @param steps T: the table's first level, at time 1/T, stays
     */
    public ZeroTerminalPath(NoisePath path, int steps) {
        if (steps < 2
                || Math.abs(path.at(1).deviation() - 1) > ROUNDING
                || Math.abs(path.at(0.5).deviation() - 1) > ROUNDING) {
            throw new InputException(
                    "diffusion.zeroTerminalSnr moves paths with α² + σ² = 1 and 2 steps or more: take it away for edm, which has no end in pure noise, and for flow, which ends there anyway.");
        }
        this.path = path;
        firstTime = 1.0 / steps;
        firstAlpha = path.at(firstTime).alpha();
        lastAlpha = path.at(1).alpha();
    }

    @Override
    public Level at(double time) {
        Level level = path.at(time);
        if (time <= firstTime) {
            return level;
        }
        double alpha = (level.alpha() - lastAlpha) * firstAlpha / (firstAlpha - lastAlpha);
        return new Level(time, alpha, Math.sqrt((1 - alpha) * (1 + alpha)));
    }
}
