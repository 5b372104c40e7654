package io.inkstone.array;

import io.inkstone.InterruptedWorkException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;

/**
 * Visits 0..count−1 on a few threads, close to that order: sources that read in blocks (Parquet row groups) decode each
 * block once.
 */
public final class ParallelPass {
    private static final int THREADS = Math.min(4, Runtime.getRuntime().availableProcessors());

    private ParallelPass() {}

    /**
     * Returns when all are done; the first failure ends the pass and is thrown, an interruption of the calling thread too.
     *
     * @param progress told the number done, from any thread
     */
    public static void over(int count, IntConsumer task, IntConsumer progress) {
        AtomicInteger next = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread caller = Thread.currentThread();
        Runnable work = () -> {
            int index;
            while (failure.get() == null && !caller.isInterrupted() && (index = next.getAndIncrement()) < count) {
                try {
                    task.accept(index);
                    progress.accept(done.incrementAndGet());
                } catch (RuntimeException | Error e) {
                    failure.compareAndSet(null, e);
                }
            }
        };
        Thread[] helpers = new Thread[Math.max(0, Math.min(THREADS, count) - 1)];
        for (int i = 0; i < helpers.length; i++) {
            helpers[i] = new Thread(work, "inkstone-pass-" + i);
            helpers[i].setDaemon(true);
            helpers[i].start();
        }
        work.run();
        for (Thread helper : helpers) {
            join(helper, failure);
        }
        InterruptedWorkException.check();
        if (failure.get() instanceof RuntimeException e) {
            throw e;
        }
        if (failure.get() instanceof Error e) {
            throw e;
        }
    }

    /** Waits for the helper in any case; an interruption meanwhile becomes the failure that ends it. */
    private static void join(Thread helper, AtomicReference<Throwable> failure) {
        while (helper.isAlive()) {
            try {
                helper.join();
            } catch (InterruptedException e) {
                failure.compareAndSet(null, new InterruptedWorkException());
            }
        }
    }
}
