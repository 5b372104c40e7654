package io.inkstone.data;

import io.inkstone.image.Pixels;
import io.inkstone.image.Size;
import java.nio.ByteBuffer;

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
    public void copy(int index, byte[] into, int offset) {
        base.copy(order[index], into, offset);
    }

    @Override
    public void copy(int index, ByteBuffer into, int at) {
        base.copy(order[index], into, at);
    }

    @Override
    public Pixels pixels(int index) {
        return base.pixels(order[index]);
    }

    @Override
    public Size size(int index) {
        return base.size(order[index]);
    }

    @Override
    public Entry entry(int index) {
        return base.entry(order[index]);
    }
}
