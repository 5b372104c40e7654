package io.inkstone.diffusion.training;

import io.inkstone.InputException;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.LossWeight;
import io.inkstone.diffusion.Target;

/**
 * Min-SNR (Hang et al. 2023): an error of the clean picture counts min(α²/σ², γ), so that the easy, nearly clean
 * levels do not drown the others. On the answer that is min(SNR, γ)/SNR for noise and min(SNR, γ)/(SNR + 1) for velocity.
 *
 * @param gamma γ, 5 in the paper
 */
public record MinSnrWeight(double gamma) implements LossWeight {
    public MinSnrWeight {
        if (!(gamma > 0)) {
            throw new InputException("γ of min-SNR must be above 0, got " + gamma + ".");
        }
    }

    @Override
    public double of(Level level, Target target) {
        double error = target.cleanPerAnswer(level);
        double ratio = level.ratio();
        return Math.min(1 / (ratio * ratio), gamma) * error * error;
    }
}
