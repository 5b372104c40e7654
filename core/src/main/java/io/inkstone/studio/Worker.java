package io.inkstone.studio;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

/** The one thread that draws: libtorch takes all cores for each piece, and two pieces at once would only wait for each other. */
final class Worker {
    private final WorkQueue queue;
    private final OpenRuns runs;
    private final Thread thread = new Thread(this::work, "inkstone-studio");
    private final AtomicLong pieces = new AtomicLong();

    Worker(WorkQueue queue, OpenRuns runs) {
        this.queue = queue;
        this.runs = runs;
        // A program that ends without closing its studio does not hang; one that leaves in the middle of a step may
        // crash.
        thread.setDaemon(true);
        thread.start();
    }

    private void work() {
        Optional<Task.Piece> piece;
        while ((piece = queue.take(runs)).isPresent()) {
            pieces.incrementAndGet();
            List<Runnable> ends = done(piece.get());
            queue.put(runs); // first: whoever hears that all is done may count on the run being given back
            ends.forEach(Runnable::run);
            queue.rest();
        }
    }

    private static List<Runnable> done(Task.Piece piece) {
        try {
            return piece.work();
        } catch (Throwable failure) { // whatever it is, whoever waits for the result must hear of it
            return List.of(() -> piece.failed(failure));
        }
    }

    /** Pieces begun so far. */
    long pieces() {
        return pieces.get();
    }

    /** Refuses a call from its own thread. */
    void requireElsewhere() {
        if (Thread.currentThread() == thread) {
            throw new IllegalStateException(
                    "A studio was closed from inside its own work, as by a listener: close it from another thread.");
        }
    }

    /** Waits for its end, after the queue was closed. */
    void join() {
        boolean interrupted = false;
        while (true) {
            try {
                thread.join();
                break;
            } catch (InterruptedException later) {
                interrupted = true; // libtorch does not survive an end in the middle of a computation
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
