package io.inkstone.data;

import io.inkstone.tensor.SplitMix64;

/**
 * The order in which an epoch visits the pictures. A pure function of its arguments, so a run goes on at any position of
 * any epoch without a saved state, on any machine.
 */
public sealed interface Order {
    /** The {@code count} picture indices of epoch {@code epoch} (from 0), a permutation of 0..count−1. */
    int[] indices(int count, int epoch);

    /** Whether the picture is mirrored in this epoch, if the data is flipped at all: half of them are, by chance. */
    boolean flips(int epoch, int index);

    /** Which of {@code count} captions of a picture this epoch reads. */
    int choice(int epoch, int index, int count);

    /** As stored, never mirrored, the first caption: for validation and inspection. */
    static Order stored() {
        return new Stored();
    }

    /** A new order each epoch. */
    static Order shuffled(long seed) {
        return new Shuffled(seed);
    }

    record Stored() implements Order {
        @Override
        public int[] indices(int count, int epoch) {
            int[] order = new int[count];
            for (int i = 0; i < count; i++) {
                order[i] = i;
            }
            return order;
        }

        @Override
        public boolean flips(int epoch, int index) {
            return false;
        }

        @Override
        public int choice(int epoch, int index, int count) {
            return 0;
        }
    }

    /**
     * Fisher–Yates from the last place down: i = count−1 … 1 swaps place i with place j, j uniform in [0, i], drawn from
     * SplitMix64 addressed by (seed, epoch).
     */
    record Shuffled(long seed) implements Order {
        private static final long FLIP = 0x666C6970; // "flip": keeps mirrors independent of places
        private static final long CAPTION = 0x63617074; // "capt": and captions of both

        @Override
        public int[] indices(int count, int epoch) {
            int[] order = new Stored().indices(count, epoch);
            SplitMix64 random = SplitMix64.at(seed, epoch);
            for (int i = count - 1; i > 0; i--) {
                int j = random.below(i + 1);
                int kept = order[i];
                order[i] = order[j];
                order[j] = kept;
            }
            return order;
        }

        @Override
        public boolean flips(int epoch, int index) {
            return SplitMix64.at(seed, FLIP, epoch, index).next() < 0;
        }

        @Override
        public int choice(int epoch, int index, int count) {
            return SplitMix64.at(seed, CAPTION, epoch, index).below(count);
        }
    }
}
