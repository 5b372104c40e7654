package io.inkstone.models;

import io.inkstone.image.PixelRange;

/**
 * The pictures that a model takes and makes: square, [N, channels, side, side] in {@code range}.
 *
 * @param channels 1 or 3
 * @param side height and width in pixels
 * @param range of the values; belongs to the model's output activation
 */
public record PictureForm(int channels, int side, PixelRange range) {
    /** [channels, side, side]. */
    public long[] shape() {
        return new long[] {channels, side, side};
    }
}
