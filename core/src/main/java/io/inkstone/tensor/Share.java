package io.inkstone.tensor;

/**
 * The rows of a batch that this process holds.
 *
 * @param first of them in the whole batch
 * @param count how many
 * @param whole rows of the whole batch
 * @param counts false for a stand-in: a process for which a small batch has no row holds one all the same, so that it does
 *     what the others do, but nothing that comes of it counts
 */
public record Share(int first, int count, int whole, boolean counts) {
    /** A whole batch of one process. */
    public static Share all(int rows) {
        return new Share(0, rows, rows, true);
    }

    /** The share of process {@code rank} of {@code ranks}: as equal as can be, in the order of the ranks. */
    public static Share of(int whole, int rank, int ranks) {
        int least = whole / ranks;
        int more = whole % ranks;
        int count = least + (rank < more ? 1 : 0);
        return count == 0
                ? new Share(0, 1, whole, false)
                : new Share(rank * least + Math.min(rank, more), count, whole, true);
    }

    public boolean isAll() {
        return count == whole && counts;
    }

    /** What the means over these rows weigh in those over the whole batch. */
    public double weight() {
        return counts ? (double) count / whole : 0;
    }
}
