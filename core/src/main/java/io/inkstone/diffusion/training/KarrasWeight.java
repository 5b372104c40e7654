package io.inkstone.diffusion.training;

import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.LossWeight;
import io.inkstone.diffusion.Target;
import io.inkstone.diffusion.target.EdmTarget;

/**
 * The weight of EDM (Karras et al. 2022, table 1): an error of the clean picture counts 1/c_out² = (α²·s² + σ²)/(σ·s)².
 * On what {@link EdmTarget} answers that is 1 at every level; on other targets it is what EDM would have counted.
 *
 * @param sigmaData s, deviation of the clean pictures' values
 */
public record KarrasWeight(double sigmaData) implements LossWeight {
    public KarrasWeight {
        new EdmTarget(sigmaData); // refuses what is no deviation
    }

    @Override
    public double of(Level level, Target target) {
        double error = target.cleanPerAnswer(level) / new EdmTarget(sigmaData).cleanPerAnswer(level);
        return error * error;
    }
}
