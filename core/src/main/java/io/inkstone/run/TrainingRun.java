package io.inkstone.run;

import io.inkstone.models.Model;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.checkpoint.Checkpointer;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.MemoryShortage;
import io.inkstone.train.BatchSource;
import io.inkstone.train.Listener;
import io.inkstone.train.Trainer;
import io.inkstone.train.Validation;
import io.inkstone.train.profile.Profiler;
import io.inkstone.train.profile.StepProfile;
import io.inkstone.train.ranks.RankExchange;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A recipe at work in a run directory: data, model, trainer and the listeners that log, draw and save. Start one anew or
 * resume one, then {@link #train}.
 *
 * @since 0.1
 */
public final class TrainingRun implements AutoCloseable {
    private final TrainingParts parts;
    private final List<String> warnings;
    private final Runnable undo;
    private boolean abandoned;

    /** @param undo takes away what a beginning wrote, once nothing of it is held any more */
    private TrainingRun(TrainingParts parts, List<String> warnings, Runnable undo) {
        this.parts = parts;
        this.warnings = List.copyOf(warnings);
        this.undo = undo;
    }

    /** A new run; nothing is written before the data was read and the network built. */
    public static TrainingRun start(Recipe recipe, TrainingStart start) {
        if (!new RunRanks(start.ranks()).follow()) {
            RunDirectory.requireNew(start.out(), start.reuse()); // before anything long
        }
        Beginning beginning = new Beginning(start);
        return new TrainingRun(TrainingParts.open(recipe, start, beginning), List.of(), beginning::abandoned);
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
        Resumption resumed = Resumption.of(wish);
        return new TrainingRun(resumed.parts(), resumed.warnings(), () -> {});
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
        parts.data().say(say);
        parts.kernels().during(() -> {
            heldOut();
            return batches();
        });
    }

    /** Trains to the end of the recipe, or until the trainer is asked to stop. */
    public void train(List<Listener> more) {
        if (parts.ranks().follow()) {
            train(more, List.of());
            return;
        }
        RunListeners listeners = new RunListeners(
                directory(), recipe(), parts.data(), parts.learner().shown(), trainer());
        RunLog log = listeners.log(warnings());
        try (Checkpointer saving = listeners.saving(log)) {
            train(listeners.all(logEvery(), log, saving), more);
        }
    }

    private void train(List<Listener> first, List<Listener> more) {
        List<Listener> listeners = new ArrayList<>(first);
        listeners.addAll(more);
        try {
            parts.ranks().training(() -> parts.kernels().during(() -> {
                parts.ranks().requireSameStart(trainer());
                trainer().run(batches(), heldOut().map(Validation::new), listeners);
                return null;
            }));
        } catch (RuntimeException failure) {
            throw MemoryShortage.of(failure).map(RuntimeException.class::cast).orElse(failure);
        }
    }

    private BatchSource batches() {
        return parts.data().batches(model(), trainer().plan(), directory().root());
    }

    private Optional<BatchSource> heldOut() {
        return parts.data()
                .heldOutBatches(
                        parts.learner().shown(), trainer().plan(), directory().root());
    }

    /**
     * Trains a few steps and writes where the time of one goes to profile.json. Nothing is drawn and nothing is saved: the
     * run ends here. Where it does not come to its end, because its thread was interrupted or for another reason, closing
     * takes the directory of a run that began here away: there is nothing in it to go on from.
     */
    public StepProfile profile() {
        abandoned = true;
        StepProfile profile = parts.kernels().during(() -> new Profiler(trainer(), batches(), steps()).run());
        directory().write(profile);
        abandoned = false;
        return profile;
    }

    /** About fifty lines an epoch, however long it is. */
    private int logEvery() {
        return (int) Math.max(1, steps() / recipe().train().epochs() / 50);
    }

    /** Optimizer steps in all epochs. */
    public long steps() {
        return (long) parts.data().batchesPerEpoch()
                * recipe().train().epochs()
                / recipe().train().accumulate();
    }

    /** Pictures in one epoch. */
    public int picturesPerEpoch() {
        return parts.data().picturesPerEpoch();
    }

    public RunDirectory directory() {
        return parts.directory();
    }

    /** With everything filled in that was left to the data. */
    public Recipe recipe() {
        return parts.recipe();
    }

    public Trainer trainer() {
        return parts.learner().trainer();
    }

    public Model model() {
        return parts.learner().model();
    }

    /** What should be said before training starts. */
    public List<String> warnings() {
        List<String> all = new ArrayList<>(parts.data().notes());
        all.addAll(DataNotes.of(model(), recipe(), parts.data().info()));
        parts.data().cutCaptions(model()).ifPresent(all::add);
        all.addAll(warnings);
        return all;
    }

    @Override
    public void close() {
        parts.close();
        if (abandoned) {
            undo.run();
        }
    }
}
