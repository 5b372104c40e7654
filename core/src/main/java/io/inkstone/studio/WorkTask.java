package io.inkstone.studio;

import io.inkstone.InterruptedWorkException;
import io.inkstone.wish.Workbench;
import java.util.List;

/** Work of one job that is done in one go. */
final class WorkTask<T> extends Task<T> {
    private final Workbench bench;
    private final Work<T> work;

    WorkTask(OpenRun run, Workbench bench, Priority priority, Work<T> work, Job<T> job) {
        super(run, priority, job);
        this.bench = bench;
        this.work = work;
    }

    @Override
    Piece begin(List<Task<?>> waiting) {
        waiting.remove(this);
        return new Whole();
    }

    private final class Whole implements Piece {
        @Override
        public List<Runnable> work() {
            if (!job().begin()) {
                return List.of();
            }
            T result = work.done(bench, this::at);
            return List.of(() -> job().done(result));
        }

        private void at(long done, long all) {
            if (job().state().ended()) {
                throw new InterruptedWorkException();
            }
            job().at(new Progress(done, all));
        }

        @Override
        public List<Job<?>> jobs() {
            return List.of(job());
        }

        @Override
        public boolean interruptible() {
            return true;
        }
    }
}
