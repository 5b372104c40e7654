package io.inkstone.data;

import io.inkstone.image.Pixels;
import io.inkstone.image.Size;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.function.IntFunction;

/** Pictures each brought to the nearest of some shapes: {@code info().size()} is empty, {@link #size} tells each one's. */
final class BucketedSet extends PreparedView {
    private final Size[] sizes;
    private final IntFunction<Pixels> pictures;
    private final boolean kept;
    private final int most;

    /**
     * @param base the same pictures brought to one size, without those that are left out
     * @param sizes of the pictures
     * @param pictures each in its size
     * @param kept whether they are in memory
     */
    BucketedSet(PreparedSet base, Size[] sizes, IntFunction<Pixels> pictures, boolean kept) {
        super(base);
        this.kept = kept;
        this.sizes = sizes;
        this.pictures = pictures;
        most = Arrays.stream(sizes)
                .mapToInt(size -> Math.toIntExact(size.area() * base.channels()))
                .max()
                .orElseThrow();
    }

    @Override
    public DataInfo info() {
        return base.info().ofSeveralSizes();
    }

    @Override
    public Size size(int index) {
        return sizes[index];
    }

    @Override
    public int pictureBytes() {
        return most;
    }

    @Override
    public void copy(int index, byte[] into, int offset) {
        byte[] picture = pictures.apply(index).data();
        System.arraycopy(picture, 0, into, offset, picture.length);
    }

    @Override
    public void copy(int index, ByteBuffer into, int at) {
        into.put(at, pictures.apply(index).data());
    }

    @Override
    public boolean liesReady() {
        return false;
    }

    @Override
    public boolean decodes() {
        return !kept;
    }

    @Override
    public Pixels pixels(int index) {
        return pictures.apply(index);
    }

    @Override
    public PreparedSet ofOneSize() {
        return base;
    }
}
