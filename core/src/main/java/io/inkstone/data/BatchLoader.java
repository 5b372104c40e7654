package io.inkstone.data;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Makes batches on background threads and hands them over strictly in order. Small batches of pictures that lie ready are made
 * on the thread that asks, for as long as that is quick: waking threads costs more than copying them. What a batch holds
 * depends on the plan and the place alone, never on timing. Buffers are allocated once and reused; a failure on a thread is
 * thrown by the {@code next()} that would have returned its batch. For one consumer; {@code close()} stops the threads after
 * the picture at hand, without interrupting them: an interrupt would close files that others share.
 */
public final class BatchLoader implements Iterator<PixelBatch>, AutoCloseable {
    private static final int DEFAULT_THREADS = 2;

    /** Larger batches take long enough to be worth handing over. */
    private static final int MOST_BYTES_HERE = 1 << 20;

    /** A batch that took longer to make on the asking thread waited for a disk, or the machine is busy. */
    private static final long LATE_NANOS = 1_000_000;

    /** So many late batches more than quick ones, and threads take over: Java compiles during the first few. */
    private static final int PATIENCE = 16;

    private final BatchCursor cursor;
    private final Supplier<BatchSlot> emptySlots;
    private final int threadCount;
    private BatchSlot here;
    private int late;
    private BatchSlot[] slots;
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
        emptySlots = () -> new BatchSlot(set, plan);
        this.threadCount = threadCount;
        long bytes = (long) Math.min(plan.size(), set.count()) * set.pictureBytes();
        if (set.liesReady() && bytes <= MOST_BYTES_HERE) {
            here = emptySlots.get();
        } else {
            startThreads();
        }
    }

    private void startThreads() {
        // One batch in the consumer's hands, one ready, one in the making per thread.
        slots = Stream.generate(emptySlots).limit(threadCount + 2).toArray(BatchSlot[]::new);
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
            if (here != null) {
                return !closed && cursor.hasNext();
            }
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
            if (here != null) {
                return makeHere();
            }
            BatchSlot slot = slot(delivered);
            delivered++;
            changed.signalAll();
            return slot.batch();
        } finally {
            lock.unlock();
        }
    }

    private PixelBatch makeHere() {
        BatchSlot slot = here;
        long start = System.nanoTime();
        slot.publish(delivered, fill(slot, cursor.next()));
        long nanos = System.nanoTime() - start;
        waitedNanos += nanos;
        late = Math.max(0, late + (nanos > LATE_NANOS ? 1 : -1));
        if (late == PATIENCE) {
            here = null;
            startThreads();
        }
        return slot.batch();
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
            publish(slot, job.ticket(), fill(slot, job.slice()));
        }
    }

    /** Null, or why it failed. */
    private RuntimeException fill(BatchSlot slot, BatchCursor.Slice slice) {
        try {
            slot.fill(slice, () -> closed);
            return null;
        } catch (RuntimeException e) {
            return e;
        } catch (Error e) {
            return new IllegalStateException("Loading a batch failed: " + e, e);
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
