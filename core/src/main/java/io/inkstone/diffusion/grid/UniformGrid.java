package io.inkstone.diffusion.grid;

/**
 * Evenly spread indices of a table with T levels: i_k = ⌊T·(n−k)/n + ½⌋ for k = 0…n (the DDIM paper's "linear" choice, Song
 * et al. 2021, appendix D.2, made to hit exactly n steps). Since T is always visited, these are also the "trailing" steps
 * of Lin et al. 2024, table 2.
 *
 * @param levels T
 */
public record UniformGrid(int levels) implements IndexGrid {
    @Override
    public int[] indices(int steps) {
        IndexGrid.requireSteps(steps, levels);
        int[] indices = new int[steps + 1];
        for (int k = 0; k <= steps; k++) {
            // (2·T·(n−k) + n) / 2n is the rounding above without floating point.
            indices[k] = (int) ((2L * levels * (steps - k) + steps) / (2L * steps));
        }
        return indices;
    }
}
