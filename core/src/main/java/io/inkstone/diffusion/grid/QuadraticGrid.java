package io.inkstone.diffusion.grid;

/**
 * Indices that grow as a square, so that steps are short where the picture is nearly clean (Song et al. 2021, appendix D.2,
 * "quadratic"): i_k = max(⌊T·((n−k)/n)² + ½⌋, n−k). The maximum keeps the indices apart.
 *
 * @param levels T
 */
public record QuadraticGrid(int levels) implements IndexGrid {
    @Override
    public int[] indices(int steps) {
        IndexGrid.requireSteps(steps, levels);
        int[] indices = new int[steps + 1];
        for (int k = 0; k <= steps; k++) {
            long left = steps - k;
            long square = (long) steps * steps;
            indices[k] = (int) Math.max(left, (2L * levels * left * left + square) / (2 * square));
        }
        return indices;
    }
}
