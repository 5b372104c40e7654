package io.inkstone.diffusion.training;

import io.inkstone.diffusion.LevelDraw;
import io.inkstone.diffusion.NoisePath;
import io.inkstone.train.Draws;
import java.util.Arrays;

/**
 * The levels of EDM's training (Karras et al. 2022, table 1): ln(σ/α) ~ N(mean, deviation²), −1.2 and 1.2 in the paper. What
 * lies beyond the path's end is its end.
 *
 * @param path whose times are found
 */
public record LogNormalLevels(NoisePath path, double mean, double deviation) implements LevelDraw {
    @Override
    public double[] times(Draws draws, int count) {
        return Arrays.stream(draws.normals(count))
                .map(normal -> path.timeOf(Math.exp(mean + deviation * normal)))
                .toArray();
    }
}
