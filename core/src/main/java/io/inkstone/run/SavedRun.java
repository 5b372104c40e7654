package io.inkstone.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.array.Sha256;
import io.inkstone.data.ClassOrder;
import io.inkstone.data.DataInfo;
import io.inkstone.data.Transform;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.Generates;
import io.inkstone.models.Model;
import io.inkstone.models.stable.StableSettings;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.checkpoint.CheckpointState;
import io.inkstone.run.checkpoint.HeldWeights;
import io.inkstone.run.part.FirstStageRun;
import io.inkstone.run.part.ForeignRun;
import io.inkstone.run.part.StableRun;
import io.inkstone.run.part.TextPart;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.WeightSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trained model with its recipe, ready to be used; safe to use from several threads at once. Nobody changes its weights: what
 * drawing prepares of them is kept until it is closed.
 *
 * @param directory where it lies
 * @param recipe with which it was trained
 * @param model filled with the weights
 * @param held its weights as they lay in their file, which may be gone by now
 * @since 0.1
 */
public record SavedRun(RunDirectory directory, Recipe recipe, Model model, HeldWeights held) implements AutoCloseable {
    /** Which of a checkpoint's weights. */
    public enum Weights {
        /** The average where the run has one, else the raw ones. */
        @JsonProperty("ema")
        EMA,
        /** As the optimizer left them. */
        @JsonProperty("raw")
        RAW,
        /** The average of the checkpoint with the lowest training loss. */
        @JsonProperty("best")
        BEST
    }

    /** Opens the latest checkpoint of the run at {@code root}. */
    public static SavedRun open(Path root, Weights weights, ComputeDevice device) {
        return open(root, Optional.empty(), weights, device);
    }

    /**
     * Opens one checkpoint of the run at {@code root}.
     *
     * @param checkpoint name of its folder, such as step-000600; empty for the latest
     */
    public static SavedRun open(Path root, Optional<String> checkpoint, Weights weights, ComputeDevice device) {
        if (ForeignRun.isForeign(root)) {
            ForeignRun.requireNoChoice(root, checkpoint, weights);
            return ForeignRun.open(root, device);
        }
        RunDirectory directory = RunDirectory.existing(root);
        return open(directory, new ChosenWeights(directory, checkpoint, weights).held(), device);
    }

    /**
     * Opens one weight file of a run.
     *
     * @param file as {@link ChosenWeights} gives it
     */
    public static SavedRun open(RunDirectory directory, Path file, ComputeDevice device) {
        return open(directory, HeldWeights.of(file), device);
    }

    private static SavedRun open(RunDirectory directory, HeldWeights held, ComputeDevice device) {
        Recipe recipe = directory.recipe();
        boolean stored = recipe.settings() instanceof StableSettings; // weights stay of the type that they have
        StableRun.requireRoom(directory.root(), held.file());
        Model model;
        try (Scope scope = Scope.open()) {
            model = recipe.build(stored ? Initializer.placeholders() : Initializer.empty());
        }
        try {
            model.network().trainable(false);
            model.network().training(false);
            if (stored) {
                fillAsStored(model, held.file());
                held.requireFinite(model);
            } else {
                held.fill(model);
            }
            model.network().moveTo(device);
            FirstStageRun.attach(directory.root(), device, List.of(model));
            StableRun.attach(directory.root(), device, List.of(model));
            TextPart.attach(directory.root(), recipe.data(), device, List.of(model));
            model.settle();
            return new SavedRun(directory, recipe, model, held);
        } catch (RuntimeException unusable) {
            model.close();
            throw unusable;
        }
    }

    private static void fillAsStored(Model model, Path file) {
        try (WeightSource source = WeightSource.open(file)) {
            LayerState.fill(model.network().state(), source, LayerState.Kept.STORED);
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", file, failure.getMessage()), failure);
        }
    }

    /** Whether it is a run; else a folder or file of others that was opened like one, where nothing is written. */
    public boolean isRun() {
        return Files.isRegularFile(directory.recipeFile());
    }

    /** Where the weights lay when they were opened. */
    public Path file() {
        return held.file();
    }

    /** Where training stood; a sentence where nobody knows. */
    public CheckpointState state() {
        return held.state()
                .orElseThrow(() -> new InputException(Words.of("%s has no state.json beside it.", held.file())));
    }

    /** @throws IllegalStateException after {@link #close} */
    @Override
    public Model model() {
        model.network().requireOpen();
        return model;
    }

    /** The factor that gives codes unit variance, measured when the weights were saved. */
    public double latentScale() {
        String scale = metadata().get(WeightFile.LATENT_SCALE);
        if (scale == null) {
            throw new InputException(Words.of("%s does not know its latent scale: leave out scaled.", directory.root()))
                    .about("scaled");
        }
        return Double.parseDouble(scale);
    }

    /** The way of the recipe from a picture file to what the model sees. */
    public Transform transform() {
        return recipe.data().transform();
    }

    /**
     * The order in which the model knows the classes of {@code data}, by their names; refuses data with other ones. The
     * run's own data have the names that they had when it began, whatever its recipe calls them.
     *
     * @return empty where they stay as they are
     */
    public Optional<ClassOrder> orderOf(DataInfo data) {
        return classes().order(data, false);
    }

    /** The classes that it knows, to be met by those of data. */
    public RunClasses classes() {
        return RunClasses.of(directory, model.classes());
    }

    /** The model as one that draws; a sentence if it is none. */
    public Generates generates() {
        if (model() instanceof Generates draws) {
            return draws;
        }
        throw new InputException(Words.of(
                "%s makes no pictures out of random numbers: its system '%s' %s.",
                directory.root(),
                recipe.system(),
                model instanceof Autoencodes
                        ? "reconstructs, encodes and decodes those that it is given"
                        : "judges pictures, as the classifier of evaluate"));
    }

    /** Name of the checkpoint that the weights come from. */
    public String checkpoint() {
        return file().getParent().getFileName().toString();
    }

    /** What the weight file says about itself: versions, recipe, step, and the latents' scale where it is known. */
    public Map<String, String> metadata() {
        return held.metadata();
    }

    /** SHA-256 of the weight file, in hexadecimal: the same hash means the same pictures. */
    public String hash() {
        return held.hash();
    }

    public static String hash(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", file, failure.getMessage()), failure);
        }
    }

    /** Frees the weights, after the work of other threads that is at hand; a second time does nothing. */
    @Override
    public void close() {
        model.close();
    }
}
