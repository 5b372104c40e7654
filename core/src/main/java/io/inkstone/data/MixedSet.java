package io.inkstone.data;

/**
 * All pictures of another set in one shuffled order, so that the first of them have about the classes of the whole: sets
 * may be sorted by class.
 */
public final class MixedSet extends PreparedView {
    private final int[] order;

    /** @param seed of the order, which is that of {@link Order#shuffled} in its first epoch */
    public MixedSet(PreparedSet base, long seed) {
        super(base);
        this.order = Order.shuffled(seed).indices(base.count(), 0);
    }

    @Override
    protected int at(int index) {
        return order[index];
    }
}
