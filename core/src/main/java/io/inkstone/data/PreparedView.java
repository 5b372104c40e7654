package io.inkstone.data;

import io.inkstone.image.Pixels;
import io.inkstone.image.Size;
import java.nio.ByteBuffer;
import java.util.Optional;

/** Another prepared set as it is, for those that see a part of it differently. Closing closes that set. */
public abstract class PreparedView implements PreparedSet {
    /** The set that is seen. */
    protected final PreparedSet base;

    protected PreparedView(PreparedSet base) {
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
    public void copy(int index, byte[] into, int offset) {
        base.copy(at(index), into, offset);
    }

    @Override
    public void copy(int index, ByteBuffer into, int at) {
        base.copy(at(index), into, at);
    }

    @Override
    public boolean liesReady() {
        return base.liesReady();
    }

    @Override
    public boolean decodes() {
        return base.decodes();
    }

    @Override
    public Pixels pixels(int index) {
        return base.pixels(at(index));
    }

    @Override
    public Size size(int index) {
        return base.size(at(index));
    }

    @Override
    public int pictureBytes() {
        return base.pictureBytes();
    }

    @Override
    public Entry entry(int index) {
        return base.entry(at(index));
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
