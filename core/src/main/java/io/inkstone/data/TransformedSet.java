package io.inkstone.data;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Pictures brought to one shape, kept as bytes or made anew each time they are asked for.
 *
 * @param source what they are made of, without those that are left out
 * @param info of the result
 * @param bytes [height, width, channels] of a picture
 * @param liesReady they are kept
 * @param skipped pictures that were left out
 * @param cropWords what the crop loses, if it loses anything
 */
record TransformedSet(
        PictureSet source,
        DataInfo info,
        IntFunction<byte[]> bytes,
        boolean liesReady,
        int skipped,
        Optional<String> cropWords)
        implements PreparedSet {

    /** Every picture transformed already. */
    static TransformedSet kept(PictureSet source, CropLoss loss, Transform transform, byte[][] pictures, int skipped) {
        return new TransformedSet(
                source, transform.describe(source.info()), i -> pictures[i], true, skipped, loss.words());
    }

    /** For sets too large to keep. */
    static TransformedSet streamed(PictureSet source, CropLoss loss, Transform transform, int skipped) {
        return new TransformedSet(
                source,
                transform.describe(source.info()),
                index -> transform.of(source, index).data(),
                false,
                skipped,
                loss.words());
    }

    @Override
    public void copy(int index, byte[] into, int offset) {
        byte[] picture = bytes.apply(index);
        System.arraycopy(picture, 0, into, offset, picture.length);
    }

    @Override
    public void copy(int index, ByteBuffer into, int at) {
        into.put(at, bytes.apply(index));
    }

    @Override
    public boolean decodes() {
        return !liesReady;
    }

    @Override
    public Entry entry(int index) {
        return source.entry(index);
    }

    @Override
    public void close() {
        source.close();
    }
}
