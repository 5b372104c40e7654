package io.inkstone.train;

import java.util.Iterator;

/** Where a trainer takes its batches from; how they are made ready (threads, caches) is not its business. */
public interface BatchSource {
    /** Batches in one epoch. */
    int batchesPerEpoch();

    /** The batches of {@code epoch} from number {@code first} on, in the order that belongs to the epoch. */
    Epoch open(int epoch, int first);

    /** A batch is made inside the scope that is open when it is asked for. */
    interface Epoch extends Iterator<Batch>, AutoCloseable {
        /** Seconds that {@link #next} has waited for data so far. */
        double secondsWaited();

        @Override
        void close();
    }
}
