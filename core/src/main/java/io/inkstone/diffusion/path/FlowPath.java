package io.inkstone.diffusion.path;

import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.NoisePath;

/**
 * The straight path of rectified flow (Liu et al. 2023, eq. 1; Lipman et al. 2023, section 4.1, example II): x_t = (1 − t)·clean + t·noise.
 * It ends in pure noise.
 */
public record FlowPath() implements NoisePath {
    @Override
    public Level at(double time) {
        NoisePath.requireTime(time);
        return new Level(time, 1 - time, time);
    }

    @Override
    public double timeOf(double ratio) {
        return Double.isInfinite(ratio) ? 1 : ratio / (1 + ratio);
    }
}
