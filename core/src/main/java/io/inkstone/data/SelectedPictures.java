package io.inkstone.data;

/** Some pictures of another set, in the given order: a partition, or what is left without damaged ones. */
public final class SelectedPictures extends PictureView {
    private final int[] indices;
    private final DataInfo info;

    public SelectedPictures(PictureSet base, int[] indices) {
        super(base);
        this.indices = indices.clone();
        this.info = base.info().withCount(indices.length);
    }

    /** The same, which is prepared where {@code base} is. */
    public static PictureSet of(PictureSet base, int[] indices) {
        return base instanceof PreparedSet ready
                ? new SelectedPrepared(ready, indices)
                : new SelectedPictures(base, indices);
    }

    @Override
    public DataInfo info() {
        return info;
    }

    @Override
    protected int at(int index) {
        return indices[index];
    }
}
