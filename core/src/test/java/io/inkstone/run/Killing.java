package io.inkstone.run;

import io.inkstone.array.FileSteps;
import io.inkstone.recipe.Recipe;
import io.inkstone.tensor.ComputeDevice;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Ends training before one of the steps by which it changes the names of files, as a kill would: from then on nothing can be
 * renamed or deleted any more, not even by what cleans up.
 */
final class Killing implements FileSteps.Watch {
    /** No exception that anybody is prepared for. */
    static final class Killed extends Error {
        private static final long serialVersionUID = 1;

        Killed(String where) {
            super(where);
        }
    }

    private final Path below;
    private final int at;
    private final AtomicInteger seen = new AtomicInteger();
    private volatile boolean dead;

    /** @param at steps that are still done */
    private Killing(Path below, int at) {
        this.below = below;
        this.at = at;
    }

    @Override
    public void before(FileSteps.Step step, Path path) {
        if (step != FileSteps.Step.WRITE && path.startsWith(below) && (seen.getAndIncrement() >= at || dead)) {
            dead = true;
            throw new Killed(step + " " + path);
        }
    }

    /** As an unattended script does it: starts the run, or goes on with it. Says where it was killed, if it was. */
    static Optional<String> train(Recipe recipe, Path out, int at) {
        Killing killing = new Killing(out, at);
        try (FileSteps.Watched watched = FileSteps.watchedBy(killing);
                TrainingRun run = TrainingRun.resumable(out)
                        ? TrainingRun.resume(out, List.of(), ComputeDevice.CPU)
                        : TrainingRun.start(
                                recipe, new TrainingStart(out, Optional.empty(), ComputeDevice.CPU, true))) {
            run.train(List.of());
            return Optional.empty();
        } catch (Killed killed) {
            return Optional.of(killed.getMessage());
        }
    }

    /** Steps that training takes when nobody kills it. */
    static int steps(Recipe recipe, Path out) {
        Killing nobody = new Killing(out, Integer.MAX_VALUE);
        try (FileSteps.Watched watched = FileSteps.watchedBy(nobody)) {
            TinyRun.train(recipe, out);
        }
        return nobody.seen.get();
    }
}
