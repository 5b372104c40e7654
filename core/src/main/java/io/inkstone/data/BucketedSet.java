package io.inkstone.data;

import io.inkstone.image.Size;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.IntFunction;

/**
 * Pictures each brought to the nearest of some shapes: {@code info().size()} is empty, {@link #size} tells each one's.
 *
 * @param base the pictures, without those that are left out, with words about what was prepared
 * @param info of the result
 * @param sizes of the pictures
 * @param bytes [height, width, channels] of a picture
 */
record BucketedSet(TransformedSet base, DataInfo info, Size[] sizes, IntFunction<byte[]> bytes) implements PreparedSet {
    @Override
    public Size size(int index) {
        return sizes[index];
    }

    @Override
    public int pictureBytes() {
        long most = Arrays.stream(sizes)
                .map(Size::area)
                .max(Comparator.naturalOrder())
                .orElseThrow();
        return Math.toIntExact(most * channels());
    }

    @Override
    public void copy(int index, byte[] into, int offset) {
        byte[] picture = bytes.apply(index);
        System.arraycopy(picture, 0, into, offset, picture.length);
    }

    @Override
    public PreparedSet ofOneSize() {
        return base;
    }

    @Override
    public Entry entry(int index) {
        return base.entry(index);
    }

    @Override
    public int skipped() {
        return base.skipped();
    }

    @Override
    public Optional<String> cropWords() {
        return base.cropWords();
    }

    @Override
    public void close() {
        base.close();
    }
}
