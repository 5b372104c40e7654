package io.inkstone.diffusion.scheduler;

import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.NoisePath;

/**
 * The path of a scheduler's table. Timestep k = 0…T−1 lies at the time (k + 1)/T; at time 0 nothing is noisy. Between whole
 * timesteps σ/α is linear, as schedulers with fractional timesteps have it.
 *
 * @param table of T timesteps
 * @param preserving α² + σ² = 1; otherwise α = 1, the pictures of schedulers that go by σ
 */
record TimestepPath(NoiseTable table, boolean preserving) implements NoisePath {
    @Override
    public Level at(double time) {
        NoisePath.requireTime(time);
        double timestep = snapped(time * table.steps() - 1);
        if (timestep < 0) {
            return level(timestep, (timestep + 1) * table.ratio(0));
        }
        return level(timestep, table.ratio(timestep));
    }

    /** The level at which the network is told {@code timestep}, wherever the grid takes its noise from. */
    Level level(double timestep, double ratio) {
        double time = (timestep + 1) / table.steps();
        if (!preserving) {
            return new Level(time, 1, ratio);
        }
        double length = Math.hypot(1, ratio);
        return Double.isInfinite(ratio) ? new Level(time, 0, 1) : new Level(time, 1 / length, ratio / length);
    }

    /** (k + 1)/T·T − 1 is not always k in floating point. */
    static double snapped(double timestep) {
        double nearest = Math.rint(timestep);
        return Math.abs(timestep - nearest) < 1e-9 * Math.max(1, Math.abs(timestep)) ? nearest : timestep;
    }
}
