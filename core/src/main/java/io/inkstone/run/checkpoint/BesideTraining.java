package io.inkstone.run.checkpoint;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/**
 * Writes on a thread of its own, one piece after another; what fails there is thrown to training when it asks next. After a
 * failure nothing more is written until that was heard.
 */
final class BesideTraining implements AutoCloseable {
    /** What is written. */
    @FunctionalInterface
    interface Work {
        void run() throws IOException;
    }

    private final Function<IOException, RuntimeException> sentence;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(work -> {
        Thread writer = new Thread(work, "inkstone-checkpoint");
        writer.setDaemon(true);
        return writer;
    });
    private Future<?> last = CompletableFuture.completedFuture(null);
    private volatile Throwable failure;

    /** @param sentence what is thrown of a file that cannot be written */
    BesideTraining(Function<IOException, RuntimeException> sentence) {
        this.sentence = sentence;
    }

    /** Whether a piece is under way, or waits. */
    boolean isBusy() {
        return !last.isDone();
    }

    /** Does {@code work} when all before it is done, without waiting for that. */
    void then(Work work) {
        rethrow();
        last = thread.submit(() -> attempt(work));
    }

    /** Does it on this thread, when all before it is done. */
    void now(Work work) {
        await();
        attempt(work);
        rethrow();
    }

    private void attempt(Work work) {
        if (failure != null) {
            return;
        }
        try {
            work.run();
        } catch (IOException | RuntimeException | Error wrong) {
            failure = wrong;
        }
    }

    /** Until nothing is under way. */
    void await() {
        boolean interrupted = false;
        while (isBusy()) {
            try {
                last.get();
            } catch (InterruptedException later) {
                interrupted = true; // what was begun is brought to its end
            } catch (ExecutionException impossible) {
                throw new IllegalStateException(impossible);
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        rethrow();
    }

    /** Throws what has failed so far, once. */
    void rethrow() {
        Throwable wrong = failure;
        failure = null;
        if (wrong instanceof IOException file) {
            throw sentence.apply(file);
        } else if (wrong instanceof RuntimeException ours) {
            throw ours;
        } else if (wrong instanceof Error error) {
            throw error;
        }
    }

    /** Brings everything to its end. */
    @Override
    public void close() {
        thread.shutdown();
        await();
    }
}
