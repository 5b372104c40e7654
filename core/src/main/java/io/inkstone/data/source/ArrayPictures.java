package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataInfo;
import io.inkstone.data.Entry;
import io.inkstone.data.PreparedSet;
import io.inkstone.image.Size;
import java.util.Optional;

/** Pictures of one size that lie as raw bytes one after another: NPY and IDX. */
final class ArrayPictures implements PreparedSet {
    /** Copies the bytes of one picture. Safe for several threads. */
    interface Bytes {
        void copy(int index, byte[] into, int offset);

        /** Whether they are in memory or in a mapped file. */
        default boolean lieReady() {
            return true;
        }
    }

    private final DataInfo info;
    private final Bytes bytes;
    private final Labels labels;

    ArrayPictures(String name, int width, int height, int channels, Bytes bytes, Labels labels) {
        int count = labels.contexts().length;
        this.info = labels.describe(DataInfo.of(name, count, Optional.of(new Size(height, width)), channels));
        this.bytes = bytes;
        this.labels = labels;
    }

    private ArrayPictures(DataInfo info, Bytes bytes, Labels labels) {
        this.info = info;
        this.bytes = bytes;
        this.labels = labels;
    }

    ArrayPictures withInfo(DataInfo other) {
        return new ArrayPictures(other, bytes, labels);
    }

    @Override
    public DataInfo info() {
        return info;
    }

    @Override
    public void copy(int index, byte[] into, int offset) {
        if (index < 0 || index >= count()) {
            throw new InputException(
                    Words.of("%s has no picture %d; the last is %d.", info.name(), index, count() - 1));
        }
        bytes.copy(index, into, offset);
    }

    @Override
    public boolean liesReady() {
        return bytes.lieReady();
    }

    @Override
    public Entry entry(int index) {
        return new Entry(info.name() + " #" + index, labels.contexts()[index], "");
    }
}
