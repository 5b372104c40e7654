package io.inkstone.models;

import io.inkstone.array.NdArray;
import io.inkstone.image.PictureShape;
import io.inkstone.image.PixelRange;
import io.inkstone.image.Pixels;
import java.util.List;

/**
 * The pictures that a model takes and makes: square, [N, channels, side, side] in {@code range}.
 *
 * @param channels 1 or 3
 * @param side height and width in pixels
 * @param range of the values; belongs to the model's output activation
 */
public record PictureForm(int channels, int side, PixelRange range) {
    /** Values that go through a network at once: 64 colour pictures of 64×64. */
    public static final long VALUES_AT_ONCE = 64L * 3 * 64 * 64;

    private static final int MOST_AT_ONCE = 64;

    /** Pictures that go through a network together where nobody asks for another number: 64, fewer of those above 64×64. */
    public int atOnce() {
        return (int) Math.max(1, Math.min(MOST_AT_ONCE, VALUES_AT_ONCE / values()));
    }

    /** Values of one picture. */
    public long values() {
        return (long) channels * side * side;
    }

    /** [channels, side, side]. */
    public long[] shape() {
        return new long[] {channels, side, side};
    }

    /**
     * Pictures to look at.
     *
     * @param array float32 [N, C, H, W] in the range, of any side
     */
    public List<Pixels> pixels(NdArray array) {
        return range.toPictures(array.toFloats(), PictureShape.of(array.shape()));
    }

    /** Pictures of one size, at least one, as float32 [N, C, H, W] in the range. */
    public NdArray array(List<Pixels> pictures) {
        Pixels first = pictures.get(0);
        return NdArray.of(range.toModel(pictures), pictures.size(), first.channels(), first.height(), first.width());
    }
}
