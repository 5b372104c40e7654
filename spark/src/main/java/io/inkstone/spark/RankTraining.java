package io.inkstone.spark;

import io.inkstone.InputException;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.ChangeableKeys;
import io.inkstone.run.GoingOn;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.TrainingRun;
import io.inkstone.run.TrainingStart;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.train.Trainer;
import io.inkstone.train.ranks.RankExchange;
import io.inkstone.train.ranks.RankPlace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The training of one rank: begun, or gone on with where rank 0 sees a checkpoint. */
final class RankTraining implements Callable<RankOutcome> {
    private final String recipe;
    private final Path out;
    private final RankPlace place;
    private final RankListeners listeners;
    private final int attempt;
    private final List<String> notes = new ArrayList<>();
    private Trainer trainer;
    private boolean stopped;

    RankTraining(String recipe, String out, RankPlace place, RankListeners listeners, int attempt) {
        this.recipe = recipe;
        this.out = Path.of(out);
        this.place = place;
        this.listeners = listeners;
        this.attempt = attempt;
    }

    @Override
    public RankOutcome call() {
        if (!place.leads()) {
            return trained();
        }
        RunLock lock = RunLock.of(out);
        try {
            return trained();
        } finally {
            lock.close();
        }
    }

    private RankOutcome trained() {
        if (place.ranks() == 1) {
            train(Optional.empty(), TrainingRun.resumable(out));
            return RankOutcome.done(place.rank(), attempt, notes);
        }
        RankExchange exchange = RankExchange.meet(place);
        try {
            // Rank 0 alone looks: what it writes may reach the others' view of the folder later.
            boolean goesOn = Boolean.parseBoolean(
                    exchange.ofLeader("goes on", () -> String.valueOf(TrainingRun.resumable(out))));
            train(Optional.of(exchange), goesOn);
        } catch (RuntimeException | Error failure) {
            exchange.fail(failure);
            throw failure;
        }
        exchange.close();
        return RankOutcome.done(place.rank(), attempt, notes);
    }

    /** From another thread: ends after the batch at hand, all ranks together, saved. */
    synchronized void stop() {
        stopped = true;
        if (trainer != null) {
            trainer.stop();
        }
    }

    private void train(Optional<RankExchange> others, boolean goesOn) {
        try (TrainingRun run = goesOn ? resumed(others) : started(others)) {
            begin(run.trainer());
            notes.addAll(run.warnings());
            run.train(listeners.of(place, attempt));
        }
    }

    private synchronized void begin(Trainer atWork) {
        trainer = atWork;
        if (stopped) {
            atWork.stop();
        }
    }

    private TrainingRun started(Optional<RankExchange> others) {
        return TrainingRun.start(
                recipe(), new TrainingStart(out, Optional.empty(), ComputeDevice.CPU, true, notes::add, others));
    }

    private TrainingRun resumed(Optional<RankExchange> others) {
        RunDirectory run = RunDirectory.existing(out);
        List<String> changes = ChangeableKeys.towards(recipe(), run);
        ChangeableKeys.changed(run, changes);
        return TrainingRun.resume(new GoingOn(out, changes, ComputeDevice.CPU).by(others));
    }

    private Recipe recipe() throws InputException {
        return Recipes.parse(recipe, "the recipe", List.of());
    }
}
