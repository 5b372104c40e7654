package io.inkstone.studio;

import io.inkstone.InterruptedWorkException;
import io.inkstone.models.draw.EditWatch;
import io.inkstone.wish.Workbench;
import java.util.List;

/** Work of one job that is done in one go. */
final class WorkTask<T> extends Task<T> {
    private final Workbench bench;
    private final Previews previews;
    private final Work<T> work;

    WorkTask(OpenRun run, Workbench bench, Turn turn, Work<T> work, Job<T> job) {
        super(run, turn.priority(), job);
        this.bench = bench.watchedBy(this::stepped);
        this.previews = turn.previews();
        this.work = work;
    }

    @Override
    Piece begin(List<Task<?>> waiting) {
        waiting.remove(this);
        return new Whole();
    }

    /** Pictures are changed: that is counted and shown as if they were drawn. */
    private void stepped(EditWatch.Moment now) {
        at(now.done(), now.all());
        int shown = (int) Math.min(now.noisy().size(0), previews.most() - now.first());
        if (shown > 0 && previews.wants(now.step())) {
            job().shows(Preview.of(run().run().generates(), now.step(), now.noisy(), 0, shown));
        }
    }

    private void at(long done, long all) {
        if (job().state().ended()) {
            throw new InterruptedWorkException();
        }
        job().at(new Progress(done, all));
    }

    private final class Whole implements Piece {
        @Override
        public List<Runnable> work() {
            if (!job().begin()) {
                return List.of();
            }
            T result = work.done(bench, WorkTask.this::at);
            return List.of(() -> job().done(result));
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
