package io.inkstone.studio;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Tasks that wait for the one worker, in the order in which they will be begun. A bounded number. */
final class WorkQueue {
    private final List<Task<?>> waiting = new ArrayList<>();
    private final int most;
    private boolean closed;
    private boolean busy;
    private Task.Piece atHand;
    private OpenRun inUse;
    private Thread worker;

    WorkQueue(int most) {
        this.most = most;
    }

    /** @throws QueueFullException if too many wait */
    synchronized void add(Task<?> task) {
        if (closed) {
            throw Studio.isClosed();
        }
        if (queued().size() >= most) {
            throw new QueueFullException(most);
        }
        int place = waiting.size();
        while (place > 0 && waiting.get(place - 1).priority().compareTo(task.priority()) > 0) {
            place--;
        }
        waiting.add(place, task);
        notifyAll();
    }

    /** Those of which nothing was begun. */
    private List<Task<?>> queued() {
        return waiting.stream()
                .filter(task -> task.job().state() == Job.State.QUEUED)
                .toList();
    }

    /** Jobs that wait, the next one first. */
    synchronized List<Job<?>> jobs() {
        return queued().stream().<Job<?>>map(Task::job).toList();
    }

    synchronized Optional<Integer> place(Job<?> job) {
        int place = jobs().indexOf(job);
        return place < 0 ? Optional.empty() : Optional.of(place);
    }

    /** Moves a waiting job to {@code place} among those of its priority; false if it waits no more. */
    synchronized boolean move(Job<?> job, int place) {
        Optional<Task<?>> found =
                queued().stream().filter(task -> task.job() == job).findFirst();
        if (found.isEmpty()) {
            return false;
        }
        Task<?> task = found.get();
        waiting.remove(task);
        List<Task<?>> like = queued().stream()
                .filter(each -> each.priority() == task.priority())
                .toList();
        int index = like.isEmpty() || place >= like.size()
                ? after(task.priority())
                : waiting.indexOf(like.get(Math.max(0, place)));
        waiting.add(index, task);
        return true;
    }

    private int after(Priority priority) {
        int index = waiting.size();
        while (index > 0 && waiting.get(index - 1).priority().compareTo(priority) > 0) {
            index--;
        }
        return index;
    }

    /** A job was given up: it waits no more; work for it alone is interrupted. */
    synchronized void cancelled(Job<?> job) {
        waiting.removeIf(task -> task.job() == job);
        if (atHand != null && atHand.interruptible() && atHand.jobs().contains(job)) {
            worker.interrupt();
        }
        notifyAll();
    }

    /**
     * Waits for work; what is taken keeps its run loaded until {@link #put}. Empty when there will be none any more.
     *
     * @param runs that count the users
     */
    synchronized Optional<Task.Piece> take(OpenRuns runs) {
        worker = Thread.currentThread();
        while (isEmpty()) {
            if (closed) {
                return Optional.empty();
            }
            try {
                wait();
            } catch (InterruptedException late) {
                continue; // meant for a piece that is over
            }
        }
        Task<?> first = waiting.get(0);
        inUse = first.run();
        runs.retain(inUse); // its job has not ended, else it would not wait
        atHand = first.begin(waiting);
        busy = true;
        return Optional.of(atHand);
    }

    /** Whether nothing is left to begin; who was given up, or failed in an earlier piece, leaves here. */
    private boolean isEmpty() {
        waiting.removeIf(task -> task.job().state().ended());
        return waiting.isEmpty();
    }

    /** The piece at hand is over, and the run is not needed for it any more. */
    void put(OpenRuns runs) {
        OpenRun used;
        synchronized (this) {
            atHand = null;
            used = inUse;
            inUse = null;
            Thread.interrupted(); // of a job that was given up in its last moment
        }
        runs.release(used);
    }

    /** All jobs of the piece were told. */
    synchronized void rest() {
        busy = false;
        notifyAll();
    }

    /** Accepts nothing more; what waits is still done. */
    synchronized void close() {
        closed = true;
        notifyAll();
    }

    /** Waits until nothing waits and nothing is at hand; false if that took longer than {@code milliseconds}. */
    synchronized boolean awaitIdle(long milliseconds) throws InterruptedException {
        long end = System.nanoTime() + milliseconds * 1_000_000;
        while (!isEmpty() || busy) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                return false;
            }
            wait(left);
        }
        return true;
    }

    synchronized boolean isWorker(Thread thread) {
        return thread == worker;
    }

    /** Gives up everything that waits or is at hand. */
    void cancelAll() {
        List<Job<?>> all = new ArrayList<>();
        synchronized (this) {
            waiting.forEach(task -> all.add(task.job()));
            if (atHand != null) {
                all.addAll(atHand.jobs());
            }
        }
        all.forEach(Job::cancel);
    }
}
