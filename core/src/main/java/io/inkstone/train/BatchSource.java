package io.inkstone.train;

import java.util.Iterator;

/** Where a trainer takes its batches from; how they are made ready (threads, caches) is not its business. */
@FunctionalInterface
public interface BatchSource {
    /** The batches from {@code epoch} on, after the first {@code inEpoch} pictures of it, to the end of the last epoch. */
    Batches open(int epoch, int inEpoch);

    /** A batch is made inside the scope that is open when it is asked for. */
    interface Batches extends Iterator<Batch>, AutoCloseable {
        /** Seconds that {@link #hasNext} and {@link #next} have waited for data so far. */
        double secondsWaited();

        @Override
        void close();
    }
}
