package io.inkstone.studio;

import io.inkstone.recipe.Recipe;
import io.inkstone.run.TrainingRun;
import io.inkstone.run.TrainingStart;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.train.Concern;
import io.inkstone.train.EpochReport;
import io.inkstone.train.Listener;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A training from your own program: what {@code inkstone train} does, with callbacks. They are called on the thread that
 * trains, between batches.
 *
 * <pre>{@code
 * Training.of(Recipes.load("sprites", List.of())).onEpoch(epoch -> log(epoch.words())).run(Path.of("runs/sprites"));
 * }</pre>
 */
public final class Training {
    private final Recipe recipe;
    private final List<Listener> listeners = new ArrayList<>();
    private final AtomicReference<Trainer> trainer = new AtomicReference<>();
    private volatile boolean stopped;
    private ComputeDevice device = ComputeDevice.CPU;
    private Optional<Path> from = Optional.empty();
    private Consumer<String> say = sentence -> {};

    private Training(Recipe recipe) {
        this.recipe = recipe;
    }

    /** Of a recipe as {@code Recipes.load} gives it. */
    public static Training of(Recipe recipe) {
        return new Training(recipe);
    }

    /** Trains there instead of on the CPU. */
    public Training on(ComputeDevice other) {
        device = other;
        return this;
    }

    /** Begins with the weights of a run or weight file. */
    public Training from(Path runOrFile) {
        from = Optional.of(runOrFile);
        return this;
    }

    /** Sentences for people: what is noticed about the data, how far preparations have come. */
    public Training say(Consumer<String> words) {
        say = words;
        return this;
    }

    /** After every optimizer step. */
    public Training onStep(Consumer<StepReport> told) {
        return with(new Listener() {
            @Override
            public void stepped(Trainer by, StepReport report) {
                told.accept(report);
            }
        });
    }

    /** After every epoch, its held-out pictures included. */
    public Training onEpoch(Consumer<EpochReport> told) {
        return with(new Listener() {
            @Override
            public void epochEnded(Trainer by, EpochReport report) {
                told.accept(report);
            }
        });
    }

    /** When figures say that what is learned is going to be lost. */
    public Training onConcern(Consumer<Concern> told) {
        return with(new Listener() {
            @Override
            public void concerned(Trainer by, Concern concern) {
                told.accept(concern);
            }
        });
    }

    /** Whatever else happens. */
    public Training with(Listener listener) {
        listeners.add(listener);
        return this;
    }

    /** From any thread: training ends after the batch at hand, saved so that it can go on. */
    public void stop() {
        stopped = true;
        Trainer atWork = trainer.get();
        if (atWork != null) {
            atWork.stop();
        }
    }

    /**
     * Trains in a new run directory, to the end or until {@link #stop}.
     *
     * @return the run, to be opened by {@link Studio#open(Path)}
     */
    public Path run(Path out) {
        return train(() -> TrainingRun.start(recipe, new TrainingStart(out, from, device, false, say)));
    }

    /** Goes on with a run that was stopped, by its own recipe, from its latest checkpoint. */
    public Path resume(Path run) {
        return train(() -> TrainingRun.resume(run, List.of(), device));
    }

    private Path train(java.util.function.Supplier<TrainingRun> opening) {
        try (TrainingRun run = opening.get()) {
            trainer.set(run.trainer());
            run.warnings().forEach(say);
            run.prepare(say);
            if (stopped) {
                run.trainer().stop();
            }
            run.train(listeners);
            return run.directory().root();
        } finally {
            trainer.set(null);
            stopped = false;
        }
    }
}
