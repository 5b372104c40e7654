package io.inkstone.diffusion;

import io.inkstone.train.Draws;

/** Which levels training sees, and how often. */
@FunctionalInterface
public interface LevelDraw {
    /** A time in (0, 1] for each of {@code count} pictures. */
    double[] times(Draws draws, int count);

    /** Uniform over the table indices 1…T (Ho et al. 2020, algorithm 1). */
    static LevelDraw uniform(int levels) {
        return (draws, count) -> {
            int[] indices = draws.integers(count, 1, levels);
            double[] times = new double[count];
            for (int i = 0; i < count; i++) {
                times[i] = (double) indices[i] / levels;
            }
            return times;
        };
    }
}
