package io.inkstone.data;

import io.inkstone.image.Background;

/**
 * What is done to pictures that have another shape than wanted, and what lies behind those that let something through.
 *
 * @param fit crop, pad or squeeze
 * @param background under transparent pictures and around padded ones
 */
public record Framing(Fit fit, Background background) {
    /** Cropped, over white. */
    public static final Framing USUAL = new Framing(Fit.CROP, Background.WHITE);
}
