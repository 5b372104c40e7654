package io.inkstone.studio;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Work that was accepted: where it stands, what becomes of it, and how to give it up. Safe from any thread.
 *
 * @param <T> of the result
 */
public final class Job<T> {
    private static final AtomicLong NUMBERS = new AtomicLong();

    private final long id = NUMBERS.incrementAndGet();
    private final CompletableFuture<T> result = new CompletableFuture<>();
    private final List<Consumer<Job<T>>> listeners = new CopyOnWriteArrayList<>();
    private final WorkQueue queue;
    private final Runnable afterwards;
    private State state = State.QUEUED;
    private volatile Progress progress;
    private volatile Preview preview;

    /** Where a job stands. */
    public enum State {
        QUEUED,
        RUNNING,
        DONE,
        FAILED,
        CANCELLED;

        /** Whether nothing more happens to it. */
        public boolean ended() {
            return compareTo(RUNNING) > 0;
        }
    }

    /** @param afterwards done once when it ended in whatever way */
    Job(WorkQueue queue, long steps, Runnable afterwards) {
        this.queue = queue;
        this.afterwards = afterwards;
        progress = new Progress(0, steps);
        result.whenComplete((value, failure) -> {
            if (failure instanceof CancellationException) {
                cancel(); // of the future itself
            }
        });
    }

    /** A number of its own in this process. */
    public long id() {
        return id;
    }

    public synchronized State state() {
        return state;
    }

    /** Jobs that are begun before this one, from 0; empty where it is begun or over. */
    public Optional<Integer> place() {
        return queue.place(this);
    }

    public Progress progress() {
        return progress;
    }

    /** The latest pictures on the way, where they were asked for. */
    public Optional<Preview> preview() {
        return Optional.ofNullable(preview);
    }

    /** The result when it is there. Completed on the thread that does the work: what takes long goes to another ({@code …Async}). */
    public CompletableFuture<T> result() {
        return result;
    }

    /**
     * Waits for the result.
     *
     * @throws CancellationException if it was given up
     */
    public T join() {
        try {
            return result.join();
        } catch (CompletionException failed) {
            if (failed.getCause() instanceof RuntimeException ours) {
                throw ours;
            }
            if (failed.getCause() instanceof Error broken) {
                throw broken;
            }
            throw failed;
        }
    }

    /** {@code listener} hears of every change from now on, on the thread that makes it: be quick. */
    public Job<T> onProgress(Consumer<Job<T>> listener) {
        listeners.add(listener);
        return this;
    }

    /** Gives it up, queued or running, where it is not over yet; the work at hand ends after its step. Others are not touched. */
    public boolean cancel() {
        if (!end(State.CANCELLED)) {
            return false;
        }
        result.cancel(false);
        told();
        return true;
    }

    /** False if it was given up before. */
    boolean begin() {
        synchronized (this) {
            if (state != State.QUEUED) {
                return state == State.RUNNING;
            }
            state = State.RUNNING;
        }
        told();
        return true;
    }

    void done(T value) {
        if (end(State.DONE)) {
            progress = new Progress(progress.all(), progress.all());
            told();
            result.complete(value);
        }
    }

    void failed(Throwable failure) {
        if (end(State.FAILED)) {
            told();
            result.completeExceptionally(failure);
        }
    }

    private boolean end(State how) {
        synchronized (this) {
            if (state.ended()) {
                return false;
            }
            state = how;
        }
        if (how == State.CANCELLED) {
            queue.cancelled(this); // first: what waits is sure of its run
        }
        afterwards.run();
        return true;
    }

    void at(Progress other) {
        progress = other;
        told();
    }

    void shows(Preview other) {
        preview = other;
        told();
    }

    private void told() {
        for (Consumer<Job<T>> listener : listeners) {
            try {
                listener.accept(this);
            } catch (RuntimeException deaf) {
                listeners.remove(listener); // its own trouble, not the work's
            }
        }
    }
}
