package io.inkstone.data;

/** The pictures of another set with their classes in another order. */
public final class ReorderedClasses extends PreparedView {
    private final ClassOrder order;

    private ReorderedClasses(PreparedSet base, ClassOrder order) {
        super(base);
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
    public PreparedSet ofOneSize() {
        return of(base.ofOneSize(), order);
    }

    @Override
    public Entry entry(int index) {
        Entry entry = base.entry(index);
        return new Entry(entry.name(), order.of(entry.context()), entry.captions());
    }
}
