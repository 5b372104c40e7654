package io.inkstone.studio;

import java.util.List;

/** A job with what is to be done for it. */
abstract class Task<T> {
    private final Priority priority;
    private final OpenRun run;
    private final Job<T> job;

    Task(OpenRun run, Priority priority, Job<T> job) {
        this.run = run;
        this.priority = priority;
        this.job = job;
    }

    Priority priority() {
        return priority;
    }

    /** The run that it works with; loaded at least until the job is over. */
    OpenRun run() {
        return run;
    }

    Job<T> job() {
        return job;
    }

    /**
     * The next piece of work, of this task and of those like it that wait.
     *
     * @param waiting in the order of the queue, this one first; those of which nothing is left to begin are removed
     */
    abstract Piece begin(List<Task<?>> waiting);

    /** What is done in one go. */
    interface Piece {
        /** Does it; what is given back tells the jobs that are done, when the run is no longer needed for this. */
        List<Runnable> work();

        /** For whom. */
        List<Job<?>> jobs();

        /** Whether its thread may be interrupted when its job is given up: it works for that job alone. */
        boolean interruptible();

        /** Its jobs end with this, as far as they have not ended. */
        default void failed(Throwable failure) {
            jobs().forEach(job -> job.failed(failure));
        }
    }
}
