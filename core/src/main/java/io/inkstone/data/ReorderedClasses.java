package io.inkstone.data;

import io.inkstone.image.Pixels;

/** The pictures of another set with their classes in another order. */
public final class ReorderedClasses implements PreparedSet {
    private final PreparedSet base;
    private final ClassOrder order;

    private ReorderedClasses(PreparedSet base, ClassOrder order) {
        this.base = base;
        this.order = order;
    }

    /** @param order from the classes of {@code set} */
    public static PreparedSet of(PreparedSet set, ClassOrder order) {
        return order.isTheSame() ? set : new ReorderedClasses(set, order);
    }

    @Override
    public DataInfo info() {
        DataInfo info = base.info();
        return info.exclusive() ? info.withClasses(order.wanted()) : info.withAttributes(order.wanted());
    }

    @Override
    public void copy(int index, byte[] into, int offset) {
        base.copy(index, into, offset);
    }

    @Override
    public Pixels pixels(int index) {
        return base.pixels(index);
    }

    @Override
    public Entry entry(int index) {
        Entry entry = base.entry(index);
        return new Entry(entry.name(), order.of(entry.context()), entry.caption());
    }

    @Override
    public int skipped() {
        return base.skipped();
    }

    @Override
    public void close() {
        base.close();
    }
}
