package io.inkstone.run.checkpoint;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.layers.KernelChoices;
import io.inkstone.layers.Layer;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.Environment;
import io.inkstone.run.RunDirectory;
import io.inkstone.tensor.FiniteValues;
import io.inkstone.tensor.Precision;
import io.inkstone.train.Concern;
import io.inkstone.train.DivergenceException;
import io.inkstone.train.EpochReport;
import io.inkstone.train.Listener;
import io.inkstone.train.LossState;
import io.inkstone.train.MeanLosses;
import io.inkstone.train.OpenStep;
import io.inkstone.train.SkippedStep;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.bytedeco.pytorch.global.torch;

/**
 * Saves by the recipe's rule, by time, when interrupted, and at the end; keeps the best and the newest. An epoch is saved before
 * its held-out pictures are measured: a kill meanwhile loses nothing of it. What is saved is copied and then written beside
 * training, one at a time.
 */
public final class Checkpointer implements Listener, AutoCloseable {
    private static final double NANOS_PER_MINUTE = 60e9;

    private final RunDirectory run;
    private final Recipe recipe;
    private final Checkpoints checkpoints;
    private final Supplier<Map<String, String>> facts;
    private final Consumer<String> say;
    private final BesideTraining writing = new BesideTraining(this::notSaved);
    private LongSupplier sound = () -> Long.MAX_VALUE;
    private double bestLoss = Double.POSITIVE_INFINITY;
    private long savedAt = System.nanoTime();

    /**
     * @param facts measured of the model at each save, for the metadata of its weights
     * @param say told what could not be done and costs nothing
     */
    public Checkpointer(RunDirectory run, Recipe recipe, Supplier<Map<String, String>> facts, Consumer<String> say) {
        this.facts = facts;
        this.run = run;
        this.recipe = recipe;
        this.say = say;
        checkpoints = new Checkpoints(run);
        checkpoints.best().ifPresent(folder -> Checkpoints.readable(folder)
                .ifPresentOrElse(
                        state -> bestLoss = total(state.losses()),
                        () -> say.accept(Words.of(
                                "%s cannot be read: the best checkpoint is chosen among those to come.", folder))));
    }

    /** Keeps the newest checkpoint up to the step that {@code soundUntil} tells, whatever the recipe's rule. */
    public void keeping(LongSupplier soundUntil) {
        sound = soundUntil;
    }

    private static double total(LossState losses) {
        return losses.lastEpoch().total();
    }

    @Override
    public void started(Trainer trainer) {
        savedAt = System.nanoTime();
        if (trainer.position().batches() > 0) {
            checkpoints.goOnFrom(trainer.position());
        }
    }

    @Override
    public void accumulated(Trainer trainer, OpenStep report) {
        saveByTime(trainer);
    }

    @Override
    public void stepped(Trainer trainer, StepReport report) {
        saveByTime(trainer);
    }

    @Override
    public void skipped(Trainer trainer, SkippedStep report) {
        saveByTime(trainer);
    }

    /** Never two at once: where writing takes longer than the time between, the next waits for its turn. */
    private void saveByTime(Trainer trainer) {
        writing.rethrow();
        double minutes = recipe.train().saveEveryMinutes();
        boolean due = minutes > 0 && System.nanoTime() - savedAt >= minutes * NANOS_PER_MINUTE;
        boolean epochFollows = trainer.position().inEpoch() == 0;
        if (due && trainer.together() && !epochFollows && !writing.isBusy()) {
            save(trainer, state(trainer, trainer.losses()).asPassing(), false);
        }
    }

    @Override
    public void epochTrained(Trainer trainer, MeanLosses losses) {
        if (recipe.train().savesAfter(trainer.position().epoch())) {
            boolean best = losses.total() < bestLoss;
            bestLoss = best ? losses.total() : bestLoss;
            save(trainer, state(trainer, trainer.losses()), best);
        }
    }

    /** To be told last of those who write lines of an epoch: who goes on from its checkpoint then need not write them again. */
    public Listener told() {
        return new Listener() {
            @Override
            public void epochEnded(Trainer trainer, EpochReport report) {
                CheckpointState state = state(trainer, trainer.losses().afterTelling());
                writing.then(() -> checkpoints.renew(state));
            }
        };
    }

    /** What is from before stays for good, as {@code sound}. */
    @Override
    public void concerned(Trainer trainer, Concern concern) {
        writing.then(() -> {
            Optional<Path> folder = checkpoints.upTo(concern.soundAt());
            if (folder.isPresent()) {
                checkpoints.markSound(folder.get());
                say.accept(Words.of("%s is from before that, and is kept.", folder.get()));
            }
        });
    }

    @Override
    public void interrupted(Trainer trainer) {
        save(trainer, state(trainer, trainer.losses()), false);
        writing.await();
    }

    @Override
    public void finished(Trainer trainer) {
        writing.await();
    }

    private void save(Trainer trainer, CheckpointState state, boolean best) {
        requireFinite(trainer);
        long bytes = SavedTensors.bytes(trainer);
        DiskSpace.require(run.checkpoints(), bytes, "A checkpoint needs");
        SavedTensors live = SavedTensors.of(trainer, metadata(trainer));
        long upTo = sound.getAsLong();
        if (SavedTensors.fitsInHeap(bytes)) {
            writing.await(); // never copies of two states at a time
            SavedTensors copy = live.copied();
            writing.then(() -> write(state, copy, best, upTo));
        } else {
            writing.now(() -> write(state, live, best, upTo));
        }
        savedAt = System.nanoTime();
    }

    private void write(CheckpointState state, SavedTensors tensors, boolean best, long upTo) throws IOException {
        Path folder = checkpoints.save(state, tensors);
        if (best) {
            checkpoints.markBest(folder);
        }
        try {
            checkpoints.prune(recipe.train().keep(), state.position().batches(), upTo);
        } catch (IOException stays) {
            say.accept(Words.of("An old checkpoint could not be deleted: %s.", RunDirectory.reason(stays)));
        }
    }

    /** Waits for what is being written. */
    @Override
    public void close() {
        writing.close();
    }

    private InputException notSaved(IOException failure) {
        return new InputException(
                Words.of(
                        "The checkpoint was not saved: %s. Earlier ones in %s are intact.",
                        RunDirectory.reason(failure), run.checkpoints()),
                failure);
    }

    /** Spoilt weights must not push good ones out: a loss can be finite before the step that spoils them. */
    private static void requireFinite(Trainer trainer) {
        requireFinite(trainer, "The weights hold", trainer.objective().network());
        trainer.ema().ifPresent(ema -> requireFinite(trainer, "The average of the weights holds", ema.network()));
    }

    private static void requireFinite(Trainer trainer, String whose, Layer network) {
        FiniteValues.firstOther(network.state()).ifPresent(name -> {
            throw new DivergenceException(Words.of(
                    "%s values that are no numbers (%s) at step %d; they were not saved. What was saved before is intact: start a new run from it with a lower optimizer.rate or optimizer.clip above 0.",
                    whose, name, trainer.position().step()));
        });
    }

    private static CheckpointState state(Trainer trainer, LossState losses) {
        Precision precision = trainer.plan().precision().on(trainer.plan().device());
        return new CheckpointState(
                CheckpointState.FORMAT,
                trainer.position(),
                losses,
                precision,
                torch.get_num_threads(),
                KernelChoices.current());
    }

    private Map<String, String> metadata(Trainer trainer) {
        Map<String, String> metadata = new LinkedHashMap<>(facts.get());
        metadata.put("format", "pt");
        metadata.put("inkstone", Environment.version());
        metadata.put("recipe", Recipes.print(recipe));
        metadata.put("step", String.valueOf(trainer.position().step()));
        return metadata;
    }
}
