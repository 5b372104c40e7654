package io.inkstone.diffusion.grid;

import io.inkstone.InputException;
import io.inkstone.diffusion.NoisePath;
import io.inkstone.diffusion.TimeGrid;

/**
 * Steps by u = σ/α that are short where there is little noise (Karras et al. 2022, eq. 5): u_k = (u_max^{1/ρ} + k/(n−1)·
 * (u_min^{1/ρ} − u_max^{1/ρ}))^ρ for k = 0…n−1, then 0, with ρ = 7. On any path: u_max is its end, u_min its first table
 * level.
 *
 * @param path whose times are found
 * @param levels T
 */
public record KarrasGrid(NoisePath path, int levels) implements TimeGrid {
    private static final double RHO = 7;

    @Override
    public double[] times(int steps) {
        IndexGrid.requireSteps(steps, levels);
        double highest = path.at(1).ratio();
        if (Double.isInfinite(highest)) {
            throw new InputException(
                            "The grid of Karras divides the noise by the signal, and this path ends without signal: choose another grid, such as uniform.")
                    .about("grid");
        }
        double first = Math.pow(highest, 1 / RHO);
        double last = Math.pow(path.at(1.0 / levels).ratio(), 1 / RHO);
        double[] times = new double[steps + 1];
        times[0] = 1;
        for (int k = 1; k < steps; k++) {
            times[k] = path.timeOf(Math.pow(first + (last - first) * k / (steps - 1), RHO));
        }
        return times;
    }
}
