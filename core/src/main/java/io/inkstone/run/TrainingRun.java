package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataSet;
import io.inkstone.layers.KernelChoices;
import io.inkstone.models.Model;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.checkpoint.CheckpointState;
import io.inkstone.run.checkpoint.Checkpointer;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.run.checkpoint.Continuation;
import io.inkstone.run.checkpoint.DiskSpace;
import io.inkstone.run.checkpoint.GoingBack;
import io.inkstone.run.checkpoint.Leftovers;
import io.inkstone.run.checkpoint.Restored;
import io.inkstone.run.part.FirstStageRun;
import io.inkstone.run.part.StableRun;
import io.inkstone.run.part.TextPart;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.train.BatchSource;
import io.inkstone.train.Listener;
import io.inkstone.train.Trainer;
import io.inkstone.train.Validation;
import io.inkstone.train.profile.Profiler;
import io.inkstone.train.profile.StepProfile;
import io.inkstone.train.ranks.RankExchange;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final Optional<FileChannel> lock;
    private final RunRanks ranks;
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
     * @param ranks the other processes that train it with this one
     */
    public record Start(
            Path out,
            Optional<Path> from,
            ComputeDevice device,
            boolean reuse,
            Consumer<String> say,
            Optional<RankExchange> ranks) {
        /** By one process. */
        public Start(Path out, Optional<Path> from, ComputeDevice device, boolean reuse, Consumer<String> say) {
            this(out, from, device, reuse, say, Optional.empty());
        }

        /** Without words on the way. */
        public Start(Path out, Optional<Path> from, ComputeDevice device, boolean reuse) {
            this(out, from, device, reuse, sentence -> {});
        }

        /** Into a new directory. */
        public Start(Path out, Optional<Path> from, ComputeDevice device) {
            this(out, from, device, false);
        }
    }

    private TrainingRun(
            RunDirectory directory,
            Recipe recipe,
            RunData data,
            Learner learner,
            Optional<FileChannel> lock,
            RunRanks ranks) {
        this.directory = directory;
        this.recipe = recipe;
        this.data = data;
        this.learner = learner;
        this.lock = lock;
        this.ranks = ranks;
    }

    /**
     * Opens the data, builds the model, and takes the directory; what fails on the way frees what was made.
     *
     * @param opening how the data is looked at, and where the run lies
     */
    private static TrainingRun open(Recipe asked, Start start, Opening opening) {
        DataSet source = asked.data().open();
        RunRanks ranks = new RunRanks(start.ranks());
        Learner learner = null;
        Optional<FileChannel> lock = Optional.empty();
        try {
            Recipe ordered = opening.recipe(StableRun.known(asked, start.from()), source.info());
            Recipe recipe = FirstStageRun.resolved(ordered, source.info()).decided(start.device());
            learner = Learner.of(recipe, start.device(), start.out(), start.from(), ranks.exchange());
            RunData data = opening.data(source, recipe, learner.model());
            data.tokenizer(); // a wrong one is said before anything is written
            TextPart.require(learner.model(), recipe, source.info());
            data.requireSteps();
            ranks.join(recipe, data, start.device());
            if (ranks.follow()) {
                return new TrainingRun(ranks.opened(start.out()), recipe, data, learner, lock, ranks);
            }
            DiskSpace.requireForRun(new RunDirectory(start.out()), recipe, learner.trainer());
            RunDirectory directory = opening.directory(recipe, data);
            lock = Optional.of(directory.lock());
            Leftovers.clean(directory);
            learner.firstStage().ifPresent(stage -> FirstStageRun.keep(stage, directory));
            StableRun.keep(learner.model(), directory);
            TextPart.keep(learner.model(), recipe, directory);
            ranks.opened(start.out());
            return new TrainingRun(directory, recipe, data, learner, lock, ranks);
        } catch (RuntimeException | Error failure) {
            ranks.fail(failure);
            lock.ifPresent(TrainingRun::release);
            if (learner != null) {
                learner.close();
            }
            source.close();
            throw failure;
        }
    }

    /** A new run; nothing is written before the data was read and the network built. */
    public static TrainingRun start(Recipe recipe, Start start) {
        if (!new RunRanks(start.ranks()).follow()) {
            RunDirectory.requireNew(start.out(), start.reuse()); // before anything long
        }
        return open(recipe, start, new Beginning(start));
    }

    /**
     * A run goes on from its latest checkpoint, bit for bit on the same kind of machine.
     *
     * @param overrides {@code KEY=VALUE}, of keys that may change
     */
    public static TrainingRun resume(Path root, List<String> overrides, ComputeDevice device) {
        return resume(new GoingOn(root, overrides, device));
    }

    /**
     * The same by several processes, however many the run was trained by before.
     *
     * @param others those that train it with this one
     */
    public static TrainingRun resume(
            Path root, List<String> overrides, ComputeDevice device, Optional<RankExchange> others) {
        return resume(new GoingOn(root, overrides, device).by(others));
    }

    /**
     * The same with everything that can be said of it. Where an earlier checkpoint is named, what lies further on is set
     * aside once everything else has succeeded.
     */
    public static TrainingRun resume(GoingOn wish) {
        RunDirectory directory = RunDirectory.existing(wish.root());
        Continuation from = wish.checkpoint()
                .map(name -> Continuation.of(directory, name))
                .orElseGet(() -> Continuation.of(directory));
        TrainingRun run = resume(directory, from, wish);
        try {
            if (wish.checkpoint().isPresent() && !run.ranks.follow()) {
                run.warnings.addAll(GoingBack.to(directory, from.folder()));
            }
            return run;
        } catch (RuntimeException | Error failure) {
            run.close();
            throw failure;
        }
    }

    private static TrainingRun resume(RunDirectory directory, Continuation from, GoingOn wish) {
        Recipe recipe = ChangeableKeys.changed(directory, wish.overrides());
        GoingOn.Meeting meeting = new GoingOn.Meeting(directory, wish.acceptDataChange());
        // No look through the data again: the start had one.
        Start start = new Start(wish.root(), Optional.empty(), wish.device(), false, sentence -> {}, wish.ranks());
        TrainingRun run = Checkpoints.state(from.folder()).kernels().during(() -> open(recipe, start, meeting));
        try {
            CheckpointState state = Restored.into(run.trainer(), from.folder());
            Environment here =
                    Environment.here(wish.device(), run.recipe.train().precision());
            run.warnings.addAll(from.warnings());
            run.warnings.addAll(meeting.notes());
            run.warnings.addAll(state.differences(here.precision(), here.threads()));
            if (!run.ranks.follow()) {
                from.mend(directory);
                meeting.remember();
                directory.update(run.recipe);
            }
            return run;
        } catch (IOException failure) {
            run.close();
            throw new InputException(Words.of("%s cannot be written: %s", wish.root(), failure.getMessage()), failure);
        } catch (RuntimeException | Error failure) {
            run.close();
            throw failure;
        }
    }

    /** Whether a run was saved here, whole or not: {@link #resume} goes on with it, or says why it cannot. */
    public static boolean resumable(Path root) {
        return !new Checkpoints(new RunDirectory(root)).folders().isEmpty();
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
        if (ranks.follow()) {
            train(more, List.of());
            return;
        }
        RunListeners listeners = new RunListeners(directory, recipe, data, learner.shown(), trainer());
        RunLog log = listeners.log(warnings());
        try (Checkpointer saving = listeners.saving(log)) {
            train(listeners.all(logEvery(), log, saving), more);
        }
    }

    private void train(List<Listener> first, List<Listener> more) {
        List<Listener> listeners = new ArrayList<>(first);
        listeners.addAll(more);
        ranks.training(() -> kernels.during(() -> {
            trainer().run(batches(), heldOut().map(Validation::new), listeners);
            return null;
        }));
    }

    private BatchSource batches() {
        return data.batches(model(), trainer().plan(), directory.root());
    }

    private Optional<BatchSource> heldOut() {
        return data.heldOutBatches(learner.shown(), trainer().plan(), directory.root());
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
        all.addAll(DataNotes.of(model(), recipe, data.info()));
        all.addAll(warnings);
        return all;
    }

    @Override
    public void close() {
        lock.ifPresent(TrainingRun::release);
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
