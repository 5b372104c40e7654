package io.inkstone.data;

import io.inkstone.image.Background;
import io.inkstone.image.Pixels;

/** Some pictures of another set, in the given order: a partition, or what is left without damaged ones. */
public final class SelectedPictures implements PictureSet {
    private final PictureSet base;
    private final int[] indices;
    private final DataInfo info;

    public SelectedPictures(PictureSet base, int[] indices) {
        this.base = base;
        this.indices = indices.clone();
        this.info = base.info().withCount(indices.length);
    }

    @Override
    public DataInfo info() {
        return info;
    }

    @Override
    public Pixels pixels(int index) {
        return base.pixels(indices[index]);
    }

    @Override
    public Pixels pixels(int index, Background background) {
        return base.pixels(indices[index], background);
    }

    @Override
    public Entry entry(int index) {
        return base.entry(indices[index]);
    }

    @Override
    public void close() {
        base.close();
    }
}
