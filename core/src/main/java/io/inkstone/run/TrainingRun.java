package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataSet;
import io.inkstone.data.source.DataSource;
import io.inkstone.layers.KernelChoices;
import io.inkstone.models.Model;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.checkpoint.CheckpointState;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.run.checkpoint.DiskSpace;
import io.inkstone.run.part.FirstStageRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.train.BatchSource;
import io.inkstone.train.Listener;
import io.inkstone.train.Trainer;
import io.inkstone.train.Validation;
import io.inkstone.train.profile.Profiler;
import io.inkstone.train.profile.StepProfile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;

/**
 * A recipe at work in a run directory: data, model, trainer and the listeners that log, draw and save. Start one anew or
 * resume one, then {@link #train}.
 */
public final class TrainingRun implements AutoCloseable {
    private final RunDirectory directory;
    private final Recipe recipe;
    private final RunData data;
    private final Learner learner;
    private final FileChannel lock;
    private final KernelChoices kernels = KernelChoices.current();
    private final List<String> warnings = new ArrayList<>();

    /**
     * What a run is started with beside its recipe.
     *
     * @param out the run directory, new
     * @param from a run or weight file whose weights are the first values
     * @param device where to train
     * @param reuse take a directory whose earlier run has no checkpoint to go on from
     * @param say told how far it has come where opening the data takes long
     */
    public record Start(Path out, Optional<Path> from, ComputeDevice device, boolean reuse, Consumer<String> say) {
        /** Without words on the way. */
        public Start(Path out, Optional<Path> from, ComputeDevice device, boolean reuse) {
            this(out, from, device, reuse, sentence -> {});
        }

        /** Into a new directory. */
        public Start(Path out, Optional<Path> from, ComputeDevice device) {
            this(out, from, device, false);
        }
    }

    private TrainingRun(RunDirectory directory, Recipe recipe, RunData data, Learner learner, FileChannel lock) {
        this.directory = directory;
        this.recipe = recipe;
        this.data = data;
        this.learner = learner;
        this.lock = lock;
    }

    /**
     * Opens the data, builds the model, and takes the directory; what fails on the way frees what was made.
     *
     * @param place makes or names the directory, once everything else has succeeded
     */
    private static TrainingRun open(Recipe asked, Start start, BiFunction<Recipe, RunData, RunDirectory> place) {
        DataSet source = DataSource.open(asked.data().source());
        Learner learner = null;
        FileChannel lock = null;
        try {
            Recipe recipe = FirstStageRun.resolved(asked, source.info()).decided(start.device());
            learner = Learner.of(recipe, start.device(), start.out(), start.from());
            RunData data = new RunData(source, recipe);
            data.tokenizer(); // a wrong one is said before anything is written
            DiskSpace.requireForRun(new RunDirectory(start.out()), recipe, learner.trainer());
            RunDirectory directory = place.apply(recipe, data);
            lock = directory.lock();
            learner.firstStage().ifPresent(stage -> FirstStageRun.keep(stage, directory));
            return new TrainingRun(directory, recipe, data, learner, lock);
        } catch (RuntimeException failure) {
            if (lock != null) {
                release(lock);
            }
            if (learner != null) {
                learner.close();
            }
            source.close();
            throw failure;
        }
    }

    /** A new run; nothing is written before the data was read and the network built. */
    public static TrainingRun start(Recipe recipe, Start start) {
        RunDirectory.requireNew(start.out(), start.reuse()); // before anything long
        return open(recipe, start, (resolved, data) -> {
            data.say(start.say());
            data.check();
            return RunDirectory.create(
                    start.out(),
                    start.reuse(),
                    resolved,
                    Environment.here(start.device(), resolved.train().precision()));
        });
    }

    /**
     * A run goes on from its latest checkpoint, bit for bit on the same kind of machine.
     *
     * @param overrides {@code KEY=VALUE}, of keys that may change
     */
    public static TrainingRun resume(Path root, List<String> overrides, ComputeDevice device) {
        RunDirectory directory = RunDirectory.existing(root);
        Path checkpoint = new Checkpoints(directory)
                .latest()
                .orElseThrow(() -> new InputException(Words.of(
                        "%s has no checkpoint to go on from. Start it anew: inkstone train with another --out.",
                        root)));
        Recipe recipe = ChangeableKeys.changed(directory, overrides);
        // No look through the data again: the start had one.
        TrainingRun run = Checkpoints.state(checkpoint)
                .kernels()
                .during(() -> open(recipe, new Start(root, Optional.empty(), device), (resolved, data) -> directory));
        try {
            CheckpointState state = Checkpoints.restore(checkpoint, run.trainer());
            Environment here = Environment.here(device, run.recipe.train().precision());
            run.warnings.addAll(state.differences(here.precision(), here.threads()));
            directory.update(run.recipe);
            return run;
        } catch (RuntimeException | IOException failure) {
            run.close();
            throw failure instanceof RuntimeException ours
                    ? ours
                    : new InputException(Words.of("%s cannot be written: %s", root, failure.getMessage()), failure);
        }
    }

    /** Whether {@link #resume} has something to go on from. */
    public static boolean resumable(Path root) {
        return new Checkpoints(new RunDirectory(root)).latest().isPresent();
    }

    /**
     * Makes ready what training takes its batches from: a model of codes has all pictures encoded. Training does so itself
     * where it was not done before; on its own it gives up when its thread is interrupted, and says how far it has come.
     */
    public void prepare(Consumer<String> say) {
        data.say(say);
        kernels.during(() -> {
            heldOut();
            return batches();
        });
    }

    /** Trains to the end of the recipe, or until the trainer is asked to stop. */
    public void train(List<Listener> more) {
        Trainer trainer = learner.trainer();
        List<Listener> listeners = new ArrayList<>(
                new RunListeners(directory, recipe, data, learner.best(), trainer).all(logEvery(), warnings()));
        listeners.addAll(more);
        kernels.during(() -> {
            trainer.run(batches(), heldOut().map(Validation::new), listeners);
            return null;
        });
    }

    private BatchSource batches() {
        return data.batches(model(), trainer().plan(), directory.root());
    }

    private Optional<BatchSource> heldOut() {
        return data.heldOutBatches(learner.best(), trainer().plan(), directory.root());
    }

    /**
     * Trains a few steps and writes where the time of one goes to profile.json. Nothing is drawn and nothing is saved: the
     * run ends here.
     */
    public StepProfile profile() {
        StepProfile profile = kernels.during(() -> new Profiler(trainer(), batches(), steps()).run());
        directory.write(profile);
        return profile;
    }

    /** About fifty lines an epoch, however long it is. */
    private int logEvery() {
        return (int) Math.max(1, steps() / recipe.train().epochs() / 50);
    }

    /** Optimizer steps in all epochs. */
    public long steps() {
        return (long) data.batchesPerEpoch()
                * recipe.train().epochs()
                / recipe.train().accumulate();
    }

    /** Pictures in one epoch. */
    public int picturesPerEpoch() {
        return data.picturesPerEpoch();
    }

    public RunDirectory directory() {
        return directory;
    }

    /** With everything filled in that was left to the data. */
    public Recipe recipe() {
        return recipe;
    }

    public Trainer trainer() {
        return learner.trainer();
    }

    public Model model() {
        return learner.model();
    }

    /** What should be said before training starts. */
    public List<String> warnings() {
        List<String> all = new ArrayList<>(data.notes());
        all.addAll(warnings);
        return all;
    }

    @Override
    public void close() {
        release(lock);
        learner.close();
        data.close();
    }

    private static void release(FileChannel lock) {
        try {
            lock.close();
        } catch (IOException alreadyGone) {
            // The lock ends with the process at the latest.
        }
    }
}
