package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.data.DataSet;
import io.inkstone.data.source.DataSource;
import io.inkstone.evaluate.LatentScale;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.Coding;
import io.inkstone.models.Generates;
import io.inkstone.models.Model;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.train.Ema;
import io.inkstone.train.Listener;
import io.inkstone.train.Trainer;
import io.inkstone.train.TrainingPlan;
import io.inkstone.train.Validation;
import io.inkstone.weights.WeightFile;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A recipe at work in a run directory: data, model, trainer and the listeners that log, draw and save. Start one anew or
 * resume one, then {@link #train}.
 */
public final class TrainingRun implements AutoCloseable {
    /** Pictures whose codes tell the latent scale at each save: few, they may be large. */
    private static final int SCALE_EXAMPLES = 16;

    /** Pictures of the data that generated ones are compared with. */
    private static final int REAL_PICTURES = 1000;

    private final RunDirectory directory;
    private final Recipe recipe;
    private final RunData data;
    private final Model model;
    private final Optional<Model> average;
    private final Optional<Ema> ema;
    private final Trainer trainer;
    private final FileChannel lock;
    private final List<String> warnings = new ArrayList<>();

    /**
     * What a run is started with beside its recipe.
     *
     * @param out the run directory, new
     * @param from a run or weight file whose weights are the first values
     * @param device where to train
     * @param reuse take a directory whose earlier run has no checkpoint to go on from
     */
    public record Start(Path out, Optional<Path> from, ComputeDevice device, boolean reuse) {
        /** Into a new directory. */
        public Start(Path out, Optional<Path> from, ComputeDevice device) {
            this(out, from, device, false);
        }
    }

    /** @param place makes or names the directory, once everything else has succeeded */
    private TrainingRun(
            Recipe asked, ComputeDevice device, Path root, Optional<Path> from, Function<Recipe, RunDirectory> place) {
        DataSet source = DataSource.open(asked.data().source());
        recipe = asked.resolved(source.info());
        try (Scope scope = Scope.open()) {
            model = recipe.build(Initializer.seeded(new Seed(recipe.train().seed())));
            average = recipe.ema().on() ? Optional.of(recipe.build(Initializer.empty())) : Optional.empty();
        }
        List<Model> models = new ArrayList<>(List.of(model));
        average.ifPresent(models::add);
        Optional<SavedRun> stage = FirstStageRun.attach(root, device, models);
        from.ifPresent(weights -> SavedRun.fill(model, weights));
        data = new RunData(source, recipe);
        model.network().moveTo(device);
        average.ifPresent(copy -> copy.network().moveTo(device));
        ema = average.map(
                copy -> new Ema(model.network(), copy.network(), recipe.ema().halfLifePictures()));
        trainer = new Trainer(model.objective(), plan(device), ema);
        if (model instanceof Generates generates) {
            // A wrong sampler or number of steps is said now, not at the first preview.
            generates.keepsFrame(recipe.preview().sampling(generates), 1);
        }
        DiskSpace.requireForRun(root, recipe, trainer);
        directory = place.apply(recipe);
        lock = directory.lock();
        stage.ifPresent(saved -> FirstStageRun.keep(saved, directory));
    }

    /** A new run; nothing is written before the data was read and the network built. */
    public static TrainingRun start(Recipe recipe, Start start) {
        return new TrainingRun(
                recipe,
                start.device(),
                start.out(),
                start.from(),
                resolved -> RunDirectory.create(
                        start.out(),
                        start.reuse(),
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
        Recipe recipe = Resumable.changed(directory, overrides);
        TrainingRun run = new TrainingRun(recipe, device, root, Optional.empty(), resolved -> directory);
        try {
            CheckpointState state = Checkpoints.restore(checkpoint, run.trainer);
            Environment here = Environment.here(device, run.recipe.train().precision());
            run.warnings.addAll(state.differences(here.precision(), here.threads()));
            directory.update(run.recipe);
            return run;
        } catch (RuntimeException | IOException failure) {
            run.close();
            throw failure instanceof RuntimeException ours
                    ? ours
                    : new InputException("%s cannot be written: %s".formatted(root, failure.getMessage()), failure);
        }
    }

    /** Whether {@link #resume} has something to go on from. */
    public static boolean resumable(Path root) {
        return new Checkpoints(new RunDirectory(root)).latest().isPresent();
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
        ComputeDevice device = trainer.plan().device();
        MetricsLog metrics = new MetricsLog(directory.metricsFile(), logEvery());
        List<Listener> listeners = new ArrayList<>(List.of(metrics));
        data.heldOutBatches(model, trainer.plan(), directory.root())
                .ifPresent(batches -> listeners.add(new Validation(batches, metrics::validation)));
        if (average.orElse(model) instanceof Generates generates) {
            listeners.add(new SampleMeter(
                    generates, recipe, SampleMeasures.real(data.examples(REAL_PICTURES), generates), metrics::samples));
        }
        listeners.add(new PreviewPainter(directory, recipe, previews()));
        listeners.add(new CurvesPainter(directory));
        listeners.add(new Checkpointer(directory, recipe, this::facts));
        listeners.add(new RunLog(
                directory.logFile(),
                warnings(),
                Environment.here(device, trainer.plan().precision())));
        listeners.addAll(more);
        trainer.run(data.batches(model, trainer.plan(), directory.root()), listeners);
    }

    private List<Preview> previews() {
        Model shown = average.orElse(model);
        List<Preview> previews = new ArrayList<>();
        if (shown instanceof Generates generates) {
            previews.add(new GridPreview(directory, recipe, generates));
        }
        if (shown instanceof Autoencodes autoencodes) {
            previews.add(new ReconstructionPreview(
                    directory, autoencodes, data.examples(recipe.preview().count())));
        }
        return previews;
    }

    /** The scale of the codes belongs to the weights that make them. */
    private Map<String, String> facts() {
        if (!(average.orElse(model) instanceof Autoencodes codes)) {
            return Map.of();
        }
        RunData.Examples examples = data.examples(SCALE_EXAMPLES);
        Coding coding =
                new Coding(codes, trainer.plan().device(), trainer.plan().precision());
        LatentScale scale = new LatentScale();
        scale.add(coding.means(Pictures.array(examples.pictures(), codes.pictures()), examples.contexts())
                .toFloats());
        return Map.of(WeightFile.LATENT_SCALE, String.valueOf(scale.value()));
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
        return trainer;
    }

    public Model model() {
        return model;
    }

    /** What should be said before training starts. */
    public List<String> warnings() {
        List<String> all = new ArrayList<>(data.notes());
        all.addAll(warnings);
        return all;
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException alreadyGone) {
            // The lock ends with the process at the latest.
        }
        trainer.close();
        ema.ifPresent(Ema::close);
        model.close();
        data.close();
    }
}
