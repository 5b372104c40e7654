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
import io.inkstone.recipe.Recipe;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.run.part.FirstStageRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A trained model with its recipe, ready to be used; safe to use from several threads at once.
 *
 * @param directory where it lies
 * @param recipe with which it was trained
 * @param model filled with the weights
 * @param file the weight file
 */
public record SavedRun(RunDirectory directory, Recipe recipe, Model model, Path file) implements AutoCloseable {
    /** Which of a checkpoint's weights. */
    public enum Weights {
        /** The average where the run has one, else the raw ones. */
        @JsonProperty("ema")
        EMA,
        /** As the optimizer left them. */
        @JsonProperty("raw")
        RAW
    }

    /** Opens the latest checkpoint of the run at {@code root}. */
    public static SavedRun open(Path root, Weights weights, ComputeDevice device) {
        RunDirectory directory = RunDirectory.existing(root);
        Path file = weightFile(directory, weights);
        Recipe recipe = directory.recipe();
        Model model;
        try (Scope scope = Scope.open()) {
            model = recipe.build(Initializer.empty());
        }
        try {
            model.network().trainable(false);
            model.network().training(false);
            Checkpoints.fill(model.network().state(), file);
            model.network().moveTo(device);
            FirstStageRun.attach(root, device, List.of(model));
            return new SavedRun(directory, recipe, model, file);
        } catch (RuntimeException unusable) {
            model.close();
            throw unusable;
        }
    }

    public static Path weightFile(RunDirectory directory, Weights weights) {
        Path checkpoint = new Checkpoints(directory)
                .latest()
                .orElseThrow(() -> new InputException(
                        Words.of("%s has no checkpoint yet: train it first, or give another run.", directory.root())));
        Path average = checkpoint.resolve(Checkpoints.EMA);
        return weights == Weights.EMA && Files.isRegularFile(average)
                ? average
                : checkpoint.resolve(Checkpoints.WEIGHTS);
    }

    /** Fills {@code model} from a run directory or a weight file. */
    static void fill(Model model, Path runOrFile) {
        Path file =
                Files.isDirectory(runOrFile) ? weightFile(RunDirectory.existing(runOrFile), Weights.EMA) : runOrFile;
        if (!Files.exists(file)) {
            throw new InputException(Words.of("There are no weights at %s.", runOrFile));
        }
        Checkpoints.fill(model.network().state(), file);
    }

    /** The factor that gives codes unit variance, measured when the weights were saved. */
    public double latentScale() {
        String scale = metadata().get(WeightFile.LATENT_SCALE);
        if (scale == null) {
            throw new InputException(
                    Words.of("%s does not know its latent scale: leave out --scaled.", directory.root()));
        }
        return Double.parseDouble(scale);
    }

    /** The way of the recipe from a picture file to what the model sees. */
    public Transform transform() {
        return recipe.data().transform();
    }

    /**
     * The order in which the model knows the classes of {@code data}; refuses data with other ones. The run's own data
     * have the classes that it was trained on, whatever its recipe calls them.
     *
     * @param source where the data come from
     * @return empty where they stay as they are
     */
    public Optional<ClassOrder> orderOf(DataInfo data, String source) {
        List<String> known = model.classes();
        boolean own = source.equals(recipe.data().source())
                && known.size() == data.classes().size();
        if (known.isEmpty() || own) {
            return Optional.empty();
        }
        return Optional.of(ClassOrder.of(known, data.classes())
                .orElseThrow(() -> new InputException(Words.of(
                        "%s knows %s, the data %s has %s: give the data that it was trained on, or such whose classes have the same names.",
                        directory.root(), ClassOrder.words(known), data.name(), ClassOrder.words(data.classes())))));
    }

    /** The model as one that draws; a sentence if it is none. */
    public Generates generates() {
        if (model instanceof Generates draws) {
            return draws;
        }
        throw new InputException(Words.of(
                "%s makes no pictures out of random numbers: its system '%s' %s.",
                directory.root(),
                recipe.system(),
                model instanceof Autoencodes
                        ? "reconstructs, encodes and decodes those that are given with --images"
                        : "judges pictures, see evaluate --classifier"));
    }

    /** Name of the checkpoint that the weights come from. */
    public String checkpoint() {
        return file.getParent().getFileName().toString();
    }

    /** What the weight file says about itself: versions, recipe, step, and the latents' scale where it is known. */
    public Map<String, String> metadata() {
        try {
            return Safetensors.header(file).metadata();
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", file, failure.getMessage()), failure);
        }
    }

    /** SHA-256 of the weight file, in hexadecimal: the same hash means the same pictures. */
    public String hash() {
        return hash(file);
    }

    public static String hash(Path file) {
        try {
            return Sha256.of(file);
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", file, failure.getMessage()), failure);
        }
    }

    @Override
    public void close() {
        model.close();
    }
}
