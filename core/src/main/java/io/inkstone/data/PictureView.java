package io.inkstone.data;

import io.inkstone.image.Background;
import io.inkstone.image.Pixels;

/**
 * Another set as it is, for those that see a part of it differently: whoever extends this hands on everything that it does not
 * change, whatever comes to {@link PictureSet} later. Closing closes that set.
 */
public abstract class PictureView implements PictureSet {
    /** The set that is seen. */
    protected final PictureSet base;

    protected PictureView(PictureSet base) {
        this.base = base;
    }

    /** Where picture {@code index} stands in the set that is seen. */
    protected int at(int index) {
        return index;
    }

    @Override
    public DataInfo info() {
        return base.info();
    }

    @Override
    public Pixels pixels(int index) {
        return base.pixels(at(index));
    }

    @Override
    public Pixels pixels(int index, Background background) {
        return base.pixels(at(index), background);
    }

    @Override
    public byte[] content(int index) {
        return base.content(at(index));
    }

    @Override
    public Entry entry(int index) {
        return base.entry(at(index));
    }

    @Override
    public void close() {
        base.close();
    }
}
