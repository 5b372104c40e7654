package io.inkstone.run;

import io.inkstone.layers.Initializer;
import io.inkstone.models.Generates;
import io.inkstone.models.Model;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.TrainConfig;
import io.inkstone.run.part.FirstStageRun;
import io.inkstone.run.part.StableRun;
import io.inkstone.run.part.TextPart;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.train.Ema;
import io.inkstone.train.Exchange;
import io.inkstone.train.Trainer;
import io.inkstone.train.TrainingPlan;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What a recipe trains, on its device: a model with first weights, its average where the recipe keeps one, and the trainer
 * over both. Owns their tensors.
 */
final class Learner implements AutoCloseable {
    private final Model model;
    private final Optional<Model> average;
    private final Optional<SavedRun> firstStage;
    private final Trainer trainer;
    private final Deque<Runnable> closing;

    private Learner(
            Model model,
            Optional<Model> average,
            Optional<SavedRun> firstStage,
            Trainer trainer,
            Deque<Runnable> closing) {
        this.model = model;
        this.average = average;
        this.firstStage = firstStage;
        this.trainer = trainer;
        this.closing = closing;
    }

    /**
     * Builds all of it, or nothing: what fails half-way frees what was made.
     *
     * @param recipe resolved
     * @param root of the run; need not exist yet
     * @param from a run or weight file whose weights are the first values
     * @param exchange where what is learned meets what other processes learn
     */
    static Learner of(Recipe recipe, ComputeDevice device, Path root, Optional<Path> from, Exchange exchange) {
        Deque<Runnable> closing = new ArrayDeque<>();
        try {
            Model model =
                    built(recipe, Initializer.seeded(new Seed(recipe.train().seed())), closing);
            Optional<Model> average =
                    recipe.ema().on() ? Optional.of(built(recipe, Initializer.empty(), closing)) : Optional.empty();
            List<Model> models = new ArrayList<>(List.of(model));
            average.ifPresent(models::add);
            Optional<SavedRun> stage = FirstStageRun.attach(root, device, models);
            StableRun.attach(root, device, models);
            TextPart.attach(root, recipe.data(), device, models);
            from.ifPresent(weights -> new StartingWeights(weights).fill(model));
            model.network().moveTo(device);
            average.ifPresent(copy -> copy.network().moveTo(device));
            // Its tensors are the average model's, which closes them.
            Optional<Ema> ema = average.map(copy ->
                    new Ema(model.network(), copy.network(), recipe.ema().halfLifePictures()));
            Trainer trainer = new Trainer(model.objective(), plan(recipe, device), ema, exchange);
            closing.push(trainer::close);
            if (model instanceof Generates generates) {
                // What previews cannot be drawn with is said now, not at the first of them.
                GenerationRequest preview = recipe.preview().grid(generates, 1, 0);
                preview.conditions().forEach(generates.conditions()::require);
                generates.requirePossible(preview);
            }
            return new Learner(model, average, stage, trainer, closing);
        } catch (RuntimeException failure) {
            free(closing);
            throw failure;
        }
    }

    private static Model built(Recipe recipe, Initializer init, Deque<Runnable> closing) {
        try (Scope scope = Scope.open()) {
            Model model = recipe.build(init);
            closing.push(model::close);
            return model;
        }
    }

    private static TrainingPlan plan(Recipe recipe, ComputeDevice device) {
        TrainConfig train = recipe.train();
        return new TrainingPlan(
                train.epochs(),
                train.accumulate(),
                recipe.optimizer(),
                train.precision(),
                device,
                new Seed(train.seed()),
                train.onDivergence());
    }

    Model model() {
        return model;
    }

    /** The average where there is one: what is shown and measured. */
    Model shown() {
        return average.orElse(model);
    }

    /** The run whose codes it draws; closed with the model. */
    Optional<SavedRun> firstStage() {
        return firstStage;
    }

    Trainer trainer() {
        return trainer;
    }

    @Override
    public void close() {
        free(closing);
    }

    private static void free(Deque<Runnable> closing) {
        while (!closing.isEmpty()) {
            closing.pop().run();
        }
    }
}
