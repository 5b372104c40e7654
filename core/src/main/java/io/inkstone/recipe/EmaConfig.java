package io.inkstone.recipe;

import io.inkstone.InputException;

/**
 * The {@code ema} group of a recipe.
 *
 * @param halfLifePictures pictures after which a past weight counts half in the average; 0 keeps no average
 */
public record EmaConfig(double halfLifePictures) {
    public EmaConfig {
        if (!(halfLifePictures >= 0)) {
            throw new InputException(
                    "ema.halfLifePictures must be 0 (no average) or more, got " + halfLifePictures + ".");
        }
    }

    public boolean on() {
        return halfLifePictures > 0;
    }
}
