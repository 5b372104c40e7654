package io.inkstone.diffusion.training;

import io.inkstone.diffusion.LevelDraw;
import io.inkstone.train.Draws;
import java.util.Arrays;

/**
 * Times near the middle more often than the ends (Esser et al. 2024, section 3.1): ln(t/(1 − t)) ~ N(mean, deviation²), 0 and
 * 1 in the paper. Made for the straight path, where the middle is hardest.
 */
public record LogitNormalLevels(double mean, double deviation) implements LevelDraw {
    @Override
    public double[] times(Draws draws, int count) {
        return Arrays.stream(draws.normals(count))
                .map(normal -> 1 / (1 + Math.exp(-(mean + deviation * normal))))
                .toArray();
    }
}
