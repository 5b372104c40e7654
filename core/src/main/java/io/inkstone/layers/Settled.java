package io.inkstone.layers;

import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;

/**
 * What a network has whose weights never change again: copies prepared for evaluation, shared by all its users, and a door that
 * is not closed behind anybody.
 */
final class Settled {
    private final PreparedWeights prepared = new PreparedWeights();
    private final ReentrantReadWriteLock door = new ReentrantReadWriteLock();
    private boolean closed;

    PreparedWeights prepared() {
        return prepared;
    }

    /** Runs work that passes the network; any number of threads at once, none after the end. */
    <T> T during(Supplier<T> work) {
        door.readLock().lock();
        try {
            if (closed) {
                throw isClosed();
            }
            return work.get();
        } finally {
            door.readLock().unlock();
        }
    }

    /** Waits for the work inside, then frees everything; a second time does nothing. */
    void close(Runnable release) {
        alone(() -> {
            if (!closed) {
                closed = true;
                prepared.close();
                release.run();
            }
        });
    }

    /** Waits for the work inside, then frees the copies alone. */
    void forget(Runnable before) {
        alone(() -> {
            before.run();
            prepared.close();
        });
    }

    private void alone(Runnable work) {
        if (door.getReadHoldCount() > 0) {
            throw new IllegalStateException(
                    "A model was closed from inside its own work, as by a listener: close it after the work.");
        }
        door.writeLock().lock();
        try {
            work.run();
        } finally {
            door.writeLock().unlock();
        }
    }

    static IllegalStateException isClosed() {
        return new IllegalStateException(
                "This model is closed and its weights are freed: open it again, and close it after its last use.");
    }
}
