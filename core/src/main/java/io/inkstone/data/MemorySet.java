package io.inkstone.data;

/** Transformed pictures kept as bytes. */
final class MemorySet implements PreparedSet {
    private final PictureSet source;
    private final DataInfo info;
    private final byte[][] pictures;
    private final int skipped;

    MemorySet(PictureSet source, Transform transform, byte[][] pictures, int skipped) {
        this.source = source;
        this.info =
                source.info().withShape(new DataInfo.Side(transform.side(), transform.side()), transform.channels());
        this.pictures = pictures;
        this.skipped = skipped;
    }

    @Override
    public DataInfo info() {
        return info;
    }

    @Override
    public void copy(int index, byte[] into, int offset) {
        System.arraycopy(pictures[index], 0, into, offset, pictures[index].length);
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
