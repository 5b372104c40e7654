package io.inkstone.models.diffusion;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.draw.GenerationRequest;

/** Guidance leads from one guess through another: both must be asked for, and learnt. */
final class GuidanceCheck {
    private GuidanceCheck() {}

    /** @param weaker whether a weaker model's is the first of the guesses */
    static void require(DiffusionModel model, boolean weaker, GenerationRequest request) {
        double weight = request.sampling().guidance().weight();
        boolean avoids = !request.avoided().isEmpty();
        boolean reads = model.conditions().readsWords();
        boolean knowsNone = model.classes().isEmpty() && !reads;
        if (weight == 1) {
            if (avoids) {
                throw new InputException(
                                "A negative context acts through guidance: choose a weight such as guidance 3.")
                        .about("guidance");
            }
            return;
        }
        if (weaker) {
            Autoguidance.requireAlone(avoids);
            return;
        }
        if (!avoids && request.conditions().isEmpty()) {
            throw new InputException(Words.of(
                    "A guidance weight of %s has nothing to lead towards, since %s: leave out guidance%s.",
                    weight,
                    knowsNone
                            ? "this model knows no classes"
                            : reads ? "no prompt was given" : "no class was asked for",
                    knowsNone ? "" : reads ? ", or give a prompt" : ", or say a class"));
        }
        if (!avoids && !model.knowsEmptyContext()) {
            throw new InputException(Words.of(
                    "A guidance weight of %s leads away from pictures of which nothing is said, and this model was never shown such: leave guidance at 1 (preview.guidance too), say what is negative, or train with diffusion.contextDropout=0.1.",
                    weight));
        }
    }
}
