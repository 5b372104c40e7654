package io.inkstone.models.diffusion;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.diffusion.Level;
import io.inkstone.models.Diffuses;

/** Which models can guide which ({@link Diffuses#guidedBy}). */
final class Autoguidance {
    /** Two models of one path agree to this in σ/α; a weaker one may have been trained with other targets and weights. */
    private static final double ROUNDING = 1e-9;

    private static final double[] TIMES = {0.1, 0.5, 0.9};

    private Autoguidance() {}

    /** Refuses a guide of other pictures, other classes or another path. */
    static void requireFit(DiffusionModel model, Diffuses guide) {
        if (!(guide instanceof DiffusionModel) || guide == model) {
            throw new InputException(
                    "A diffusion model of pictures is guided by another one: choose an earlier checkpoint of the same run, or a smaller run on the same data.");
        }
        if (!guide.pictures().equals(model.pictures()) || !guide.classes().equals(model.classes())) {
            throw new InputException(Words.of(
                    "A guide draws the same pictures of the same classes: this one draws %s of %s, the model %s of %s.",
                    guide.pictures(), guide.classes(), model.pictures(), model.classes()));
        }
        for (double time : TIMES) {
            Level own = model.process().path().at(time);
            Level other = guide.process().path().at(time);
            if (Math.abs(own.alpha() - other.alpha()) + Math.abs(own.sigma() - other.sigma())
                    > ROUNDING * own.deviation()) {
                throw new InputException(
                        "A guide goes along the same path of noise: take one that was trained with the same diffusion.path and diffusion.steps.");
            }
        }
    }

    /** Guidance leads away from one thing. */
    static void requireAlone(boolean avoids) {
        if (avoids) {
            throw new InputException(
                            "Guidance leads away from a weaker model or from a negative context, not from both: leave out guide or negative.")
                    .about("guide", "negative");
        }
    }
}
