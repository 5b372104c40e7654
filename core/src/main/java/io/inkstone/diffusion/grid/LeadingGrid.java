package io.inkstone.diffusion.grid;

/**
 * Every ⌊T/n⌋-th index from 1 up (the choice of many published samplers; Lin et al. 2024, table 2, "leading"): i_k = 1 +
 * (n−1−k)·⌊T/n⌋ for k = 0…n−1, then 0. It leaves out the noisiest levels: starting from pure noise then says more than the
 * network was trained to hear.
 *
 * @param levels T
 */
public record LeadingGrid(int levels) implements IndexGrid {
    @Override
    public int[] indices(int steps) {
        IndexGrid.requireSteps(steps, levels);
        int[] indices = new int[steps + 1];
        for (int k = 0; k < steps; k++) {
            indices[k] = 1 + (steps - 1 - k) * (levels / steps);
        }
        return indices;
    }
}
