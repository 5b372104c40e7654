package io.inkstone.diffusion.target;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.Target;

/**
 * The preconditioning of EDM (Karras et al. 2022, eq. 7 and table 1): clean = c_skip·noisy + c_out·F(c_in·noisy; c_noise),
 * with v = α²·s² + σ²:
 *
 * <pre>c_skip = α·s²/v   c_out = σ·s/√v   c_in = 1/√v   c_noise = ln(σ/α)/4</pre>
 *
 * At α = 1 these are the paper's; input and answer have deviation 1 at every level. The answer is F = (clean −
 * c_skip·noisy)/c_out = (σ·clean/s − α·s·noise)/√v.
 *
 * @param sigmaData s, deviation of the clean pictures' values
 */
public record EdmTarget(double sigmaData) implements Target {
    public EdmTarget {
        if (!(sigmaData > 0 && Double.isFinite(sigmaData))) {
            throw new InputException("diffusion.sigmaData must be above 0, got " + sigmaData + ".");
        }
    }

    @Override
    public Mix answer(Level level) {
        double deviation = deviation(level);
        return new Mix(level.sigma() / sigmaData / deviation, -level.alpha() * sigmaData / deviation);
    }

    @Override
    public double inputScale(Level level) {
        return 1 / deviation(level);
    }

    @Override
    public double inputTime(Level level) {
        if (level.alpha() == 0 || level.sigma() == 0) {
            throw new InputException(Words.of(
                            "The target of EDM tells the network ln(σ/α)/4, which time %s does not have (α = %s, σ = %s): choose a path that keeps some signal, or another target.",
                            level.time(), level.alpha(), level.sigma()))
                    .about("diffusion.target=velocity");
        }
        return Math.log(level.ratio()) / 4;
    }

    /** √v. */
    private double deviation(Level level) {
        return Math.hypot(level.alpha() * sigmaData, level.sigma());
    }
}
