package io.inkstone.studio;

import io.inkstone.Choices;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.GuideChoice;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.Precision;
import io.inkstone.wish.DrawWish;
import io.inkstone.wish.Source;
import io.inkstone.wish.Workbench;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * An opened run as long as somebody needs it. Jobs that were given to it hold the run by themselves: the lease may be closed
 * before they are over. After that it says so to whoever uses it. Safe from any thread.
 */
public final class Lease implements AutoCloseable {
    private final Studio studio;
    private final OpenRun open;
    private final Workbench bench;
    private final SavedRun.Weights weights;
    private final String hash;
    private final Optional<GuideChoice> guide;
    private final AtomicBoolean closed = new AtomicBoolean();

    Lease(Studio studio, OpenRun open, RunChoice choice) {
        this.studio = studio;
        this.open = open;
        bench = new Workbench(open.run(), choice.device(), choice.precision());
        weights = choice.weights();
        hash = open.key().hash();
        guide = choice.guide();
    }

    /** The opened run; do not close it. Work on a thread of your own is possible beside the queue, and competes with it. */
    public SavedRun run() {
        return bench().saved();
    }

    /** The same with what can be done with it. */
    public Workbench bench() {
        if (closed.get()) {
            throw isGivenBack(open);
        }
        return bench;
    }

    /** What was left out when the run was opened, a sentence each. */
    public List<String> notes() {
        return open.notes();
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

    /** Draws what {@code wish} says, when its turn has come. */
    public Job<Drawn> draw(DrawWish wish) {
        return draw(wish, Turn.USUAL);
    }

    /**
     * The same with a say in how it is done; where the wish says a batch or a precision, that counts.
     *
     * @throws io.inkstone.InputException for what this run cannot draw
     * @throws QueueFullException if too many wait
     */
    public Job<Drawn> draw(DrawWish wish, Turn turn) {
        Generates model = run().generates();
        wish.means().weights().filter(asked -> asked != weights).ifPresent(asked -> {
            throw new InputException(Words.of(
                            "The %s weights were asked for, and those opened are the %s ones: open the run with them.",
                            Choices.word(asked), Choices.word(weights)))
                    .about("weights");
        });
        if (!wish.means().loras().isEmpty()
                && !wish.means().loras().equals(open.key().loras())) {
            throw new InputException("Other LoRAs were asked for than the run was opened with: open it with them.")
                    .about("lora");
        }
        Optional<GuideChoice> asked = wish.means().guideOf(root());
        if (asked.isPresent() && !asked.equals(guide)) {
            throw new InputException("Another guide was asked for than the run was opened with: open it with that one.")
                    .about("guide");
        }
        GenerationRequest request = wish.request(model);
        Source source = new Source(root().toAbsolutePath().normalize().toString(), run().checkpoint(), hash);
        DrawnText text = new DrawnText(open.recipe(), new OnePicture(wish, request, model.classes(), source)::text);
        Turn meant = wish.means().batch().isPresent()
                ? turn.withBatch(wish.means().batch().getAsInt())
                : turn;
        return draw(request, meant, wish.means().precision().orElse(bench.precision()), text);
    }

    /** The pictures of a request of one's own making. Its listener is told of them on the worker's thread. */
    public Job<Drawn> draw(GenerationRequest request, Turn turn) {
        return draw(request, turn, bench().precision(), new DrawnText(open.recipe(), index -> Map.of()));
    }

    private Job<Drawn> draw(GenerationRequest request, Turn turn, Precision precision, DrawnText text) {
        Generates model = run().generates();
        requirePossible(model, request);
        // Decided, so that whoever says it and who leaves it to the machine are drawn together.
        Precision decided = precision.on(bench.device());
        int batch = turn.batch().orElse(model.pictures().atOnce());
        DrawTask.Asked asked = new DrawTask.Asked(request, decided, batch, turn);
        return studio.submit(
                open,
                DrawTask.steps(model, request),
                job -> new DrawTask<>(open, asked, job, pictures -> new Drawn(model.pictures(), pictures, text::of)));
    }

    private static void requirePossible(Generates model, GenerationRequest request) {
        model.network().using(() -> {
            model.requirePossible(request);
            request.conditions().forEach(model.conditions()::require);
            request.avoided().forEach(model.conditions()::require);
            return null;
        });
    }

    /** Anything else that can be done with the run, when its turn has come. */
    public <T> Job<T> submit(Work<T> work) {
        return submit(Priority.NORMAL, work);
    }

    /** The same, before or after others. */
    public <T> Job<T> submit(Priority priority, Work<T> work) {
        return submit(Turn.USUAL.withPriority(priority), 0, work);
    }

    /**
     * The same with previews where pictures are changed ({@code bench.editing()}), which tells of its steps by itself.
     *
     * @param steps of the whole, those of every picture; 0 where that is not known before
     */
    public <T> Job<T> submit(Turn turn, long steps, Work<T> work) {
        Workbench now = bench();
        return studio.submit(open, steps, job -> new WorkTask<>(open, now, turn, work, job));
    }

    static IllegalStateException isGivenBack(OpenRun run) {
        return new IllegalStateException(Words.of(
                "The lease of %s was given back: take another one, and close it after its last use.",
                run.run().directory().root()));
    }

    /** Gives the run back; it is unloaded, now or later, when nobody uses it. A second time does nothing. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            studio.givenBack(open);
        }
    }
}
