package io.inkstone.diffusion.grid;

import io.inkstone.InputException;
import io.inkstone.diffusion.TimeGrid;

/**
 * Evenly spread indices of a table with T levels: i_k = ⌊T·(n−k)/n + ½⌋ for k = 0…n, as times i_k/T (the DDIM paper's
 * "linear" choice, Song et al. 2021, appendix D.2, made to hit exactly n steps).
 *
 * @param levels T
 */
public record UniformGrid(int levels) implements TimeGrid {
    /** The table indices i_0 = T … i_n = 0. */
    public int[] indices(int steps) {
        if (steps < 1 || steps > levels) {
            throw new InputException("This model has %d noise levels: choose 1 to %d sampling steps, got %d."
                    .formatted(levels, levels, steps));
        }
        int[] indices = new int[steps + 1];
        for (int k = 0; k <= steps; k++) {
            // (2·T·(n−k) + n) / 2n is the rounding above without floating point.
            indices[k] = (int) ((2L * levels * (steps - k) + steps) / (2L * steps));
        }
        return indices;
    }

    @Override
    public double[] times(int steps) {
        int[] indices = indices(steps);
        double[] times = new double[indices.length];
        for (int k = 0; k < times.length; k++) {
            times[k] = (double) indices[k] / levels;
        }
        return times;
    }
}
