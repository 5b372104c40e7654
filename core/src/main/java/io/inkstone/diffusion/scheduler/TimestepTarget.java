package io.inkstone.diffusion.scheduler;

import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Target;

/**
 * A target whose network counts timesteps: it is told {@code levels}·time − first, a number from 0 to T, and sees pictures
 * scaled to α² + σ² = 1 on whatever path the sampler goes, where {@code scaled} says so.
 *
 * @param target what the network answers for the scaled pictures
 * @param levels T
 * @param first timestep at time 0, but for its sign: 1 where timestep 0 is already noisy
 * @param scaled whether pictures are scaled for the network
 */
record TimestepTarget(Target target, int levels, int first, boolean scaled) implements Target {
    @Override
    public Mix answer(Level level) {
        return target.answer(seen(level));
    }

    @Override
    public double inputScale(Level level) {
        return scaled && level.alpha() == 1 ? 1 / level.deviation() : 1;
    }

    @Override
    public double inputTime(Level level) {
        return TimestepPath.snapped(level.time() * levels - first);
    }

    private Level seen(Level level) {
        double scale = inputScale(level);
        return scale == 1 ? level : new Level(level.time(), level.alpha() * scale, level.sigma() * scale);
    }
}
