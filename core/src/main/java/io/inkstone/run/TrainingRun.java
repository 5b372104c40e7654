package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.data.BatchPlan;
import io.inkstone.data.DataSet;
import io.inkstone.data.Order;
import io.inkstone.data.Preparation;
import io.inkstone.data.PreparedSet;
import io.inkstone.data.Transform;
import io.inkstone.data.source.DataSource;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Generates;
import io.inkstone.models.Model;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.train.Ema;
import io.inkstone.train.Listener;
import io.inkstone.train.LoadedBatches;
import io.inkstone.train.Trainer;
import io.inkstone.train.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import org.bytedeco.pytorch.global.torch;

/**
 * A recipe at work in a run directory: data, model, trainer and the listeners that log, draw and save. Start one anew or
 * resume one, then {@link #train}.
 */
public final class TrainingRun implements AutoCloseable {
    private final RunDirectory directory;
    private final Recipe recipe;
    private final DataSet data;
    private final PreparedSet pictures;
    private final Model model;
    private final Optional<Model> average;
    private final Optional<Ema> ema;
    private final Trainer trainer;
    private final List<String> warnings = new ArrayList<>();

    /**
     * What a run is started with beside its recipe.
     *
     * @param out the run directory, new
     * @param from a run or weight file whose weights are the first values
     * @param device where to train
     */
    public record Start(Path out, Optional<Path> from, ComputeDevice device) {}

    /** @param place makes or names the directory, once everything else has succeeded */
    private TrainingRun(Recipe asked, ComputeDevice device, Optional<Path> from, Function<Recipe, RunDirectory> place) {
        data = DataSource.open(asked.data().source());
        recipe = asked.resolved(data.info());
        try (Scope scope = Scope.open()) {
            model = recipe.build(Initializer.seeded(new Seed(recipe.train().seed())));
            average = recipe.ema().on() ? Optional.of(recipe.build(Initializer.empty())) : Optional.empty();
        }
        from.ifPresent(weights -> SavedRun.fill(model, weights));
        pictures = prepare();
        model.network().moveTo(device);
        average.ifPresent(copy -> copy.network().moveTo(device));
        ema = average.map(
                copy -> new Ema(model.network(), copy.network(), recipe.ema().halfLifePictures()));
        trainer = new Trainer(model.objective(), plan(device), ema);
        directory = place.apply(recipe);
    }

    /** A new run; nothing is written before the data was read and the network built. */
    public static TrainingRun start(Recipe recipe, Start start) {
        return new TrainingRun(
                recipe,
                start.device(),
                start.from(),
                resolved -> RunDirectory.create(
                        start.out(),
                        resolved,
                        Environment.here(start.device(), resolved.train().precision())));
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
                .orElseThrow(() -> new InputException(
                        "%s has no checkpoint to go on from. Start it anew: inkstone train with another --out."
                                .formatted(root)));
        Recipe recipe = Resumable.change(directory, overrides);
        TrainingRun run = new TrainingRun(recipe, device, Optional.empty(), resolved -> directory);
        CheckpointState state = Checkpoints.restore(checkpoint, run.trainer);
        run.compare(state);
        return run;
    }

    /** A recipe with its data looked at, its network described and its needs estimated; nothing is written. */
    public record Plan(Recipe recipe, Estimate estimate, int pictures) {
        /** Seconds that all epochs will take, roughly. */
        public double seconds() {
            double batches = Math.ceil((double) pictures / recipe.train().batch());
            return estimate.secondsPerBatch() * batches * recipe.train().epochs();
        }
    }

    /** What {@link #start} would do. */
    public static Plan plan(Recipe recipe, ComputeDevice device) {
        try (Scope scope = Scope.open();
                DataSet data = DataSource.open(recipe.data().source())) {
            Recipe resolved = recipe.resolved(data.info());
            try (Model model = resolved.build(Initializer.shapesOnly())) {
                Precision precision = resolved.train().precision().on(device);
                return new Plan(
                        resolved,
                        Estimate.of(model, resolved, precision),
                        data.info().count());
            }
        }
    }

    private void compare(CheckpointState state) {
        Precision here = trainer.plan().precision().on(trainer.plan().device());
        if (state.precision() != here) {
            warnings.add("This run was trained in %s; this machine goes on in %s, so bytes will differ."
                    .formatted(state.precision().word(), here.word()));
        }
        if (state.threads() != torch.get_num_threads()) {
            warnings.add("This run was trained with %d threads; this machine uses %d, so bytes may differ."
                    .formatted(state.threads(), torch.get_num_threads()));
        }
    }

    private PreparedSet prepare() {
        DataConfig config = recipe.data();
        Transform transform = new Transform(
                config.crop() == 0 ? OptionalInt.empty() : OptionalInt.of(config.crop()),
                config.form().side(),
                config.form().channels());
        Preparation preparation = Preparation.of(transform);
        return (config.skipDamaged() ? preparation.skippingDamaged() : preparation).prepare(data.train());
    }

    private TrainingPlan plan(ComputeDevice device) {
        TrainConfig train = recipe.train();
        return new TrainingPlan(
                train.epochs(),
                train.accumulate(),
                recipe.optimizer(),
                train.precision(),
                device,
                new Seed(train.seed()));
    }

    /** Trains to the end of the recipe, or until the trainer is asked to stop. */
    public void train(List<Listener> more) {
        List<Listener> listeners = new ArrayList<>();
        listeners.add(new MetricsLog(directory.metricsFile(), logEvery()));
        if (average.orElse(model) instanceof Generates generates) {
            listeners.add(new PreviewPainter(directory, recipe, generates));
        }
        listeners.add(new CurvesPainter(directory));
        listeners.add(new Checkpointer(directory, recipe));
        listeners.addAll(more);
        trainer.run(
                new LoadedBatches(
                        pictures,
                        batches(),
                        model.pictures().range(),
                        trainer.plan().device()),
                listeners);
    }

    private BatchPlan batches() {
        TrainConfig train = recipe.train();
        long order = new Seed(train.seed()).at(Seed.Purpose.ORDER);
        return new BatchPlan(
                train.batch(),
                Order.shuffled(order),
                train.dropLast(),
                recipe.data().flip(),
                train.epochs());
    }

    /** About fifty lines an epoch, however long it is. */
    private int logEvery() {
        return (int) Math.max(1, stepsPerEpoch() / 50);
    }

    /** Optimizer steps in one epoch, rounded up. */
    public long stepsPerEpoch() {
        long batches = batches().batchesPerEpoch(pictures.count());
        return (batches + recipe.train().accumulate() - 1) / recipe.train().accumulate();
    }

    /** Pictures in one epoch. */
    public int picturesPerEpoch() {
        return batches().picturesPerEpoch(pictures.count());
    }

    public RunDirectory directory() {
        return directory;
    }

    /** With everything filled in that was left to the data. */
    public Recipe recipe() {
        return recipe;
    }

    public Trainer trainer() {
        return trainer;
    }

    public Model model() {
        return model;
    }

    /** What should be said before training starts. */
    public List<String> warnings() {
        List<String> all = new ArrayList<>(data.info().notes());
        all.addAll(warnings);
        return all;
    }

    @Override
    public void close() {
        trainer.close();
        ema.ifPresent(Ema::close);
        model.close();
        data.close();
    }
}
