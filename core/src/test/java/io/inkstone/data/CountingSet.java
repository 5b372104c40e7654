package io.inkstone.data;

import io.inkstone.InputException;
import io.inkstone.image.Size;
import java.util.Optional;

/** Pictures 2×1 RGB whose bytes say their index; chosen ones fail. */
class CountingSet implements PreparedSet {
    private final DataInfo info;
    private final int broken;

    CountingSet(int count, int broken) {
        this.broken = broken;
        this.info = DataInfo.of("counting", count, Optional.of(new Size(1, 2)), 3)
                .withClasses(java.util.List.of("even", "odd"))
                .withCaptions();
    }

    @Override
    public DataInfo info() {
        return info;
    }

    @Override
    public void copy(int index, byte[] into, int offset) {
        if (index == broken) {
            throw new InputException("picture " + index + " is broken");
        }
        for (int i = 0; i < 6; i++) {
            into[offset + i] = (byte) (index * 6 + i);
        }
    }

    @Override
    public Entry entry(int index) {
        return new Entry("p" + index, Entry.oneHot(index % 2, 2), "number " + index);
    }
}
