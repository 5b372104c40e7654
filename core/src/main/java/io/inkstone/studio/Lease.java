package io.inkstone.studio;

import io.inkstone.array.NdArray;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * An opened run as long as somebody needs it. Jobs that were given to it hold the run by themselves: the lease may be closed
 * before they are over. After that it says so to whoever uses it. Safe from any thread.
 */
public final class Lease implements AutoCloseable {
    private final Studio studio;
    private final OpenRun open;
    private final RunTools tools;
    private final String hash;
    private final AtomicBoolean closed = new AtomicBoolean();

    Lease(Studio studio, OpenRun open, RunChoice choice) {
        this.studio = studio;
        this.open = open;
        tools = new RunTools(open.run(), choice.device(), choice.precision());
        hash = open.key().hash();
    }

    /** The opened run; do not close it. Work on a thread of your own is possible beside the queue, and competes with it. */
    public SavedRun run() {
        return tools().run();
    }

    /** The same with what can be done with it. */
    public RunTools tools() {
        if (closed.get()) {
            throw isGivenBack(open);
        }
        return tools;
    }

    public Recipe recipe() {
        return run().recipe();
    }

    /** Names of the classes that the model knows; empty for none. */
    public List<String> classes() {
        return run().model().classes();
    }

    /** SHA-256 of the weights that are loaded. */
    public String hash() {
        return hash;
    }

    /** The folder of the run. */
    public Path root() {
        return open.run().directory().root();
    }

    /** The pictures of a request of one's own making, when its turn has come. Its listener is told of them on the worker's thread. */
    public Job<Drawn> draw(GenerationRequest request, Turn turn) {
        DrawnText text = new DrawnText(tools().run(), index -> Map.of());
        return draw(request, turn, text);
    }

    private Job<Drawn> draw(GenerationRequest request, Turn turn, DrawnText text) {
        Generates model = run().generates();
        return draw(request, turn, pictures -> new Drawn(model.pictures(), pictures, text::of));
    }

    private <T> Job<T> draw(GenerationRequest request, Turn turn, Function<NdArray, T> result) {
        RunTools now = tools();
        Generates model = now.run().generates();
        now.run().model().network().using(() -> {
            model.requirePossible(request);
            request.conditions().forEach(model.conditions()::require);
            request.avoided().forEach(model.conditions()::require);
            return null;
        });
        int batch = turn.batch().orElse(model.pictures().atOnce());
        DrawTask.Asked asked = new DrawTask.Asked(request, precision(now), batch, turn);
        return studio.submit(open, DrawTask.steps(model, request), job -> new DrawTask<>(open, asked, job, result));
    }

    /** Decided, so that whoever says it and who leaves it to the machine are drawn together. */
    private static Precision precision(RunTools tools) {
        return tools.precision().on(tools.device());
    }

    /** Anything else that can be done with the run, when its turn has come. */
    public <T> Job<T> submit(Work<T> work) {
        return submit(Priority.NORMAL, work);
    }

    /** The same, before or after others. */
    public <T> Job<T> submit(Priority priority, Work<T> work) {
        RunTools now = tools();
        return studio.submit(open, 0, job -> new WorkTask<>(open, now, priority, work, job));
    }

    static IllegalStateException isGivenBack(OpenRun run) {
        return new IllegalStateException(
                "The lease of %s was given back: take another one, and close it after its last use."
                        .formatted(run.run().directory().root()));
    }

    /** Gives the run back; it is unloaded, now or later, when nobody uses it. A second time does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            studio.givenBack(open);
        }
    }
}
