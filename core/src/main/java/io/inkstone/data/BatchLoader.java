package io.inkstone.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Makes batches on background threads and hands them over strictly in order. What a batch holds depends on the plan and
 * the place alone, never on timing. Buffers are allocated once and reused; a failure on a thread is thrown by the {@code
 * next()} that would have returned its batch. For one consumer; {@code close()} stops the threads
 * after the picture at hand, without interrupting them: an interrupt would close files that others share.
 */
public final class BatchLoader implements Iterator<PixelBatch>, AutoCloseable {
    private static final int DEFAULT_THREADS = 2;

    private final BatchCursor cursor;
    private final BatchSlot[] slots;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private long claimed;
    private long delivered;
    private long ended = Long.MAX_VALUE;
    private volatile boolean closed;
    private long waitedNanos;

    /** Starts loading from the place with two threads. */
    public static BatchLoader start(PreparedSet set, BatchPlan plan, Place place) {
        return new BatchLoader(set, plan, place, DEFAULT_THREADS);
    }

    /**
     * @param threadCount background threads, 1 or more
     */
    public BatchLoader(PreparedSet set, BatchPlan plan, Place place, int threadCount) {
        cursor = new BatchCursor(plan, SizeGroups.of(set), place);
        // One batch in the consumer's hands, one ready, one in the making per thread.
        slots = new BatchSlot[threadCount + 2];
        for (int i = 0; i < slots.length; i++) {
            slots[i] = new BatchSlot(set, plan);
        }
        for (int i = 0; i < threadCount; i++) {
            Thread thread = new Thread(this::work, "inkstone-loader-" + i);
            thread.setDaemon(true);
            thread.start();
        }
    }

    @Override
    public boolean hasNext() {
        lock.lock();
        try {
            long start = System.nanoTime();
            // The end is known once a thread has met it; until then wait for that or for the batch.
            while (!closed && delivered < ended && !slot(delivered).holds(delivered)) {
                await();
            }
            waitedNanos += System.nanoTime() - start;
            return !closed && delivered < ended;
        } finally {
            lock.unlock();
        }
    }

    /** The next batch; the previous one's buffers go back to the threads. */
    @Override
    public PixelBatch next() {
        lock.lock();
        try {
            if (!hasNext()) {
                throw new NoSuchElementException(closed ? "The loader is closed." : "The plan's last epoch is over.");
            }
            BatchSlot slot = slot(delivered);
            delivered++;
            changed.signalAll();
            return slot.batch();
        } finally {
            lock.unlock();
        }
    }

    /** Seconds that the consumer waited for data in all; near zero if loading keeps up with training. */
    public double waitedSeconds() {
        lock.lock();
        try {
            return waitedNanos * 1e-9;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        Job job;
        while ((job = claim()) != null) {
            BatchSlot slot = slot(job.ticket());
            RuntimeException failure = null;
            try {
                slot.fill(job.slice(), () -> closed);
            } catch (RuntimeException e) {
                failure = e;
            } catch (Error e) {
                failure = new IllegalStateException("A loader thread failed: " + e, e);
            }
            publish(slot, job.ticket(), failure);
        }
    }

    private record Job(long ticket, BatchCursor.Slice slice) {}

    /** Takes the next batch to make, waiting until its slot is free; null at the end. */
    private Job claim() {
        lock.lock();
        try {
            // The consumer still holds batch delivered−1 until it asks for the next one.
            while (!closed && cursor.hasNext() && claimed - Math.max(0, delivered - 1) >= slots.length) {
                await();
            }
            if (closed) {
                return null;
            }
            if (!cursor.hasNext()) {
                ended = claimed;
                changed.signalAll();
                return null;
            }
            return new Job(claimed++, cursor.next());
        } finally {
            lock.unlock();
        }
    }

    private void publish(BatchSlot slot, long ticket, RuntimeException failure) {
        lock.lock();
        try {
            slot.publish(ticket, failure);
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private BatchSlot slot(long ticket) {
        return slots[(int) (ticket % slots.length)];
    }

    private void await() {
        try {
            changed.await();
        } catch (InterruptedException e) {
            // Ctrl-C or close(): end the wait as closed and leave the mark for the caller.
            closed = true;
            Thread.currentThread().interrupt();
        }
    }
}
