package io.inkstone.run;

import io.inkstone.train.Batch;
import io.inkstone.train.BatchSource;

/** A source that ends before it began: listeners are told of a sitting, and nothing is trained. */
final class NoBatches implements BatchSource.Batches {
    @Override
    public boolean hasNext() {
        return false;
    }

    @Override
    public Batch next() {
        throw new IllegalStateException("There are none.");
    }

    @Override
    public double secondsWaited() {
        return 0;
    }

    @Override
    public void close() {}
}
