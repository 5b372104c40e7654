package io.inkstone.data;

import io.inkstone.image.Size;
import io.inkstone.tensor.Share;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * A batch as the loader hands it over. The buffers are reused: they are valid until the loader's next {@code next()}.
 *
 * @param count n, the pictures in this batch
 * @param size height and width of each
 * @param pixels [n, height, width, channels] bytes in [0, 255], direct, from position 0 to its limit
 * @param context [n, c] row by row; longer than n · c after a full batch before a partial one; empty if c = 0
 * @param captions n captions, or empty for a set without them
 * @param share which rows of the whole batch they are
 * @param indices n picture indices in the set
 * @param place of the first picture
 * @param next the place to go on from after this batch, for checkpoints
 */
public record PixelBatch(
        int count,
        Size size,
        ByteBuffer pixels,
        float[] context,
        List<String> captions,
        Share share,
        int[] indices,
        Place place,
        Place next) {
    /** This is the last batch of its epoch. */
    public boolean endsEpoch() {
        return next.epoch() > place.epoch();
    }
}
