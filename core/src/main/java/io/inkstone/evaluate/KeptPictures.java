package io.inkstone.evaluate;

/** How many pictures are kept, or compared pair by pair, so that memory and time stay bounded however large they are. */
public final class KeptPictures {
    private static final int KEPT_BYTES = 64 << 20;
    private static final int MOST_PAIRED = 1000;

    private KeptPictures() {}

    /** How many pictures of so many 8-bit values each are compared pair by pair: 1000, fewer of large ones, 2 at least. */
    public static int paired(int values) {
        return most(MOST_PAIRED, values);
    }

    /** At most {@code most} pictures of so many 8-bit values each: together no more than 64 MB of them, 2 at least. */
    public static int most(int most, int values) {
        return Math.max(2, Math.min(most, KEPT_BYTES / values));
    }
}
