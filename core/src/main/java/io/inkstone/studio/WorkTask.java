package io.inkstone.studio;

import io.inkstone.InterruptedWorkException;
import java.util.List;

/** Work of one job that is done in one go. */
final class WorkTask<T> extends Task<T> {
    private final RunTools tools;
    private final Work<T> work;

    WorkTask(OpenRun run, RunTools tools, Priority priority, Work<T> work, Job<T> job) {
        super(run, priority, job);
        this.tools = tools;
        this.work = work;
    }

    @Override
    Piece begin(List<Task<?>> waiting) {
        waiting.remove(this);
        return new Whole();
    }

    private final class Whole implements Piece {
        @Override
        public void run() {
            if (job().begin()) {
                job().done(work.done(tools, this::at));
            }
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
