package io.inkstone.measure;

import io.inkstone.InputException;
import io.inkstone.NearestName;
import io.inkstone.Words;
import io.inkstone.array.Sha256;
import io.inkstone.data.ClassOrder;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Classifies;
import io.inkstone.models.inception.InceptionFeatures;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Optional;

/** The networks that judge pictures: embedded classifiers, classifiers of the user's own runs, Inception from a file. */
public final class Judges {
    private static final String FOLDER = "/io/inkstone/judges/";

    /**
     * Those inside the jar, each trained by the recipe of its name. A new training of one gets a new number, so that a
     * figure's judge is known by name.
     */
    private static final List<String> EMBEDDED =
            List.of("fashion-classifier-1", "sprites-classifier-1", "faces-attributes-1");

    private Judges() {}

    /** Names of the embedded classifiers. */
    public static List<String> embedded() {
        return EMBEDDED;
    }

    /** An embedded classifier by its name, with or without its number, or the classifier of a run. */
    public static FeatureNetwork classifier(String nameOrRun, ComputeDevice device) {
        Optional<String> name = EMBEDDED.stream()
                .filter(known -> known.equals(nameOrRun)
                        || known.replaceAll("-\\d+$", "").equals(nameOrRun))
                .findFirst();
        if (name.isPresent()) {
            return embedded(name.get(), device);
        }
        Path run = Path.of(nameOrRun);
        if (!Files.isDirectory(run)) {
            throw new InputException(Words.of(
                    "There is no classifier '%s', embedded or as a run.%s Embedded: %s.",
                    nameOrRun, NearestName.suggestion(nameOrRun, EMBEDDED), String.join(", ", EMBEDDED)));
        }
        SavedRun saved = SavedRun.open(run, SavedRun.Weights.EMA, device);
        if (saved.model() instanceof Classifies model) {
            return model.judge(saved.directory().root().getFileName().toString(), saved.hash(), device);
        }
        String system = saved.recipe().system();
        saved.close();
        throw new InputException(
                Words.of("%s trains system '%s', which judges nothing: give a run of a classifier.", run, system));
    }

    /** The network of published FID figures, with the user's weights. */
    public static FeatureNetwork inception(Path weights, ComputeDevice device) {
        return InceptionFeatures.open(weights, device);
    }

    /** The embedded classifier that knows exactly these classes, in whatever order. */
    static Optional<FeatureNetwork> fitting(List<String> classes, ComputeDevice device) {
        for (String name : EMBEDDED) {
            FeatureNetwork judge = embedded(name, device);
            if (ClassOrder.ofNames(classes, judge.classes()).isPresent()) {
                return Optional.of(judge);
            }
            judge.close();
        }
        return Optional.empty();
    }

    private static FeatureNetwork embedded(String name, ComputeDevice device) {
        try {
            Path file = Files.createTempFile("inkstone-judge", ".safetensors");
            try (InputStream in = resource(name)) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
                return judge(Safetensors.read(file), name, Sha256.of(file), device);
            } finally {
                Files.delete(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private static InputStream resource(String name) {
        InputStream in = Judges.class.getResourceAsStream(FOLDER + name + ".safetensors");
        if (in == null) {
            throw new IllegalStateException("The jar is incomplete: it lacks " + FOLDER + name + ".safetensors");
        }
        return in;
    }

    /** The recipe travels with the weights. */
    private static FeatureNetwork judge(WeightSet weights, String name, String hash, ComputeDevice device) {
        Recipe recipe = Recipes.parse(weights.metadata().get("recipe"), name, List.of());
        Classifies model;
        try (Scope scope = Scope.open()) {
            model = (Classifies) recipe.build(Initializer.empty());
        }
        model.network().trainable(false);
        model.network().training(false);
        LayerState.fill(model.network().state(), weights);
        model.network().moveTo(device);
        return model.judge(name, hash, device);
    }
}
