package io.inkstone.data;

/** Pictures decoded and transformed each time they are asked for: for sets too large to keep. */
final class StreamedSet implements PreparedSet {
    private final PictureSet source;
    private final Transform transform;
    private final DataInfo info;
    private final int skipped;

    StreamedSet(PictureSet source, Transform transform, int countBefore) {
        this.source = source;
        this.transform = transform;
        this.info =
                source.info().withShape(new DataInfo.Side(transform.side(), transform.side()), transform.channels());
        this.skipped = countBefore - source.count();
    }

    @Override
    public DataInfo info() {
        return info;
    }

    @Override
    public void copy(int index, byte[] into, int offset) {
        byte[] data = transform
                .apply(source.pixels(index), source.entry(index).name())
                .data();
        System.arraycopy(data, 0, into, offset, data.length);
    }

    @Override
    public Entry entry(int index) {
        return source.entry(index);
    }

    @Override
    public int skipped() {
        return skipped;
    }

    @Override
    public void close() {
        source.close();
    }
}
