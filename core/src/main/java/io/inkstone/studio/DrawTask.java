package io.inkstone.studio;

import io.inkstone.array.NdArray;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.bytedeco.pytorch.Tensor;

/** Pictures of one request, drawn in as many pieces as it takes, beside those of others. */
final class DrawTask<T> extends Task<T> {
    private final Asked asked;
    private final int stepsEach;
    private final Function<NdArray, T> result;
    private final List<NdArray> drawn = new ArrayList<>();
    private int begun;

    /**
     * What is to be drawn, and how.
     *
     * @param request what it has a listener for is told of its own pictures, on the worker's thread
     * @param batch most pictures at once
     * @param turn the wishes beside the pictures
     */
    record Asked(GenerationRequest request, Precision precision, int batch, Turn turn) {
        /** Whether pictures of both may be drawn together. */
        boolean joins(Asked other) {
            return batch == other.batch && precision == other.precision && request.joins(other.request);
        }

        int count() {
            return request.seeds().size();
        }
    }

    /** @param result what becomes of all pictures [N, C, H, W] */
    DrawTask(OpenRun run, Asked asked, Job<T> job, Function<NdArray, T> result) {
        super(run, asked.turn().priority(), job);
        this.asked = asked;
        this.result = result;
        stepsEach = model().steps(asked.request().sampling());
    }

    /** Steps of all pictures of a request together. */
    static long steps(Generates model, GenerationRequest request) {
        return (long) model.steps(request.sampling()) * request.seeds().size();
    }

    Asked asked() {
        return asked;
    }

    Generates model() {
        return run().run().generates();
    }

    @Override
    Piece begin(List<Task<?>> waiting) {
        List<Portion> portions = new ArrayList<>();
        int free = asked.batch();
        for (Task<?> task : List.copyOf(waiting)) {
            if (free > 0 && task instanceof DrawTask<?> other && isLike(other)) {
                int size = Math.min(free, other.asked.count() - other.begun);
                portions.add(new Portion(other, other.begun, other.begun + size));
                other.begun += size;
                free -= size;
                if (other.begun == other.asked.count()) {
                    waiting.remove(other);
                }
            }
        }
        return new DrawPiece(portions);
    }

    private boolean isLike(DrawTask<?> other) {
        return other == this || run() == other.run() && asked.joins(other.asked);
    }

    /** Some pictures of one task, from (inclusive) to. */
    record Portion(DrawTask<?> task, int from, int to) {
        int size() {
            return to - from;
        }

        GenerationRequest request() {
            return task.asked.request().part(from, to);
        }

        boolean isWanted() {
            return !task.job().state().ended();
        }

        /**
         * A step of the sampler is done.
         *
         * @param noisy pictures of a whole batch, of which this portion begins at {@code offset}
         */
        void stepped(int step, Level level, Tensor noisy, int offset) {
            SamplingListener listener = task.asked.request().listener();
            Previews previews = task.asked.turn().previews();
            if (listener != SamplingListener.NONE) {
                Scope.run(() -> listener.stepped(step, level, noisy.narrow(0, offset, size())));
            }
            long before = (long) from * task.stepsEach;
            task.job()
                    .at(new Progress(
                            before + (long) step * size(), task.job().progress().all()));
            int shown = Math.min(size(), previews.most() - from);
            if (shown > 0 && previews.wants(step)) {
                task.job().shows(Preview.of(task.model(), step, noisy, offset, shown));
            }
        }

        /** Takes its pictures [size, C, H, W]; portions of a task come in their order. The last one ends the job. */
        Optional<Runnable> drawn(NdArray pictures) {
            return task.taken(pictures, to);
        }
    }

    private Optional<Runnable> taken(NdArray pictures, int until) {
        drawn.add(pictures);
        if (until < asked.count()) {
            job().at(new Progress((long) until * stepsEach, job().progress().all()));
            return Optional.empty();
        }
        T all = result.apply(NdArray.joined(drawn));
        return Optional.of(() -> job().done(all));
    }
}
