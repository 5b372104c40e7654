package io.inkstone.data;

import io.inkstone.image.Background;
import io.inkstone.image.Pixels;

/** Some pictures of a prepared set: what lies ready there does here. */
final class SelectedPrepared extends PreparedView {
    private final int[] indices;
    private final DataInfo info;

    SelectedPrepared(PreparedSet base, int[] indices) {
        super(base);
        this.indices = indices.clone();
        this.info = base.info().withCount(indices.length);
    }

    @Override
    protected int at(int index) {
        return indices[index];
    }

    @Override
    public DataInfo info() {
        return info;
    }

    @Override
    public Pixels pixels(int index, Background background) {
        return base.pixels(at(index), background);
    }

    @Override
    public byte[] content(int index) {
        return base.content(at(index));
    }
}
