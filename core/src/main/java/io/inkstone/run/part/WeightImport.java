package io.inkstone.run.part;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataSet;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.KernelChoices;
import io.inkstone.models.DataForm;
import io.inkstone.models.Families;
import io.inkstone.models.Family;
import io.inkstone.models.Model;
import io.inkstone.models.foreign.Foreign;
import io.inkstone.models.foreign.Imported;
import io.inkstone.models.foreign.MissingShortcut;
import io.inkstone.recipe.DataConfig;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.Environment;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.checkpoint.CheckpointState;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.train.LossState;
import io.inkstone.train.Position;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.NamePrefixes;
import io.inkstone.weights.StrictMatch;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.bytedeco.pytorch.global.torch;

/**
 * Weights from elsewhere that fit a recipe: sizes come from their shapes, the rest from the recipe, and every name and
 * shape is compared before anything is written.
 *
 * @param recipe resolved, with the sizes of the file
 * @param weights under the network's names
 * @param taken what the file says other than the recipe, as {@code KEY=VALUE} each
 */
public record WeightImport(Recipe recipe, WeightSet weights, List<String> taken) {
    /**
     * What somebody wants of a file beside its recipe.
     *
     * @param missingShortcut for U-Nets whose file lacks it
     * @param which of its weights
     * @param said keys of the recipe that were set on purpose: they hold where the file is silent
     */
    public record Choices(Optional<MissingShortcut> missingShortcut, NamePrefixes.Which which, Set<String> said) {
        /** Nothing was said. */
        public static final Choices NONE = new Choices(Optional.empty(), NamePrefixes.Which.UNSAID, Set.of());
    }

    /** Fits a file to a recipe, of which nothing was set on purpose. */
    public static WeightImport of(WeightSet file, Recipe asked, Optional<MissingShortcut> missingShortcut) {
        return of(file, asked, new Choices(missingShortcut, NamePrefixes.Which.UNSAID, Set.of()));
    }

    /**
     * Fits a file to a recipe.
     *
     * @param asked as it was named, not resolved yet
     */
    public static WeightImport of(WeightSet file, Recipe asked, Choices choices) {
        DataConfig data = FileClasses.named(resolved(asked.data()), asked.data().classes(), file);
        WeightSet network =
                NamePrefixes.network(file, choices.which(), names -> Families.recognises(asked.system(), names));
        Foreign foreign = new Foreign(network, data.form(), choices.missingShortcut(), choices.said());
        WeightImport fitted = fitted(Families.named(asked.system()), foreign, asked, data);
        try (Scope scope = Scope.open();
                Model model = fitted.recipe.build(Initializer.shapesOnly())) {
            Map<String, long[]> expected = new LinkedHashMap<>();
            model.network().state().forEach((name, tensor) -> expected.put(name, tensor.shape()));
            StrictMatch.check(expected, fitted.weights);
        }
        return fitted;
    }

    private static DataConfig resolved(DataConfig asked) {
        try (DataSet set = asked.open()) {
            return asked.resolved(set.info());
        }
    }

    private static <S> WeightImport fitted(Family<S> family, Foreign file, Recipe asked, DataConfig data) {
        S own = family.settingsType().cast(asked.settings());
        Imported<S> read = family.recognise(file, own).orElseThrow(() -> unrecognised(file.weights(), asked));
        DataForm form = read.data();
        Recipe recipe = asked.with(data.withForm(form), family.fitted(read.settings(), form));
        Recipe before = asked.with(data, own);
        List<String> taken = Recipes.changes(before, recipe).stream()
                .filter(change -> !read.assumed().contains(change.substring(0, change.indexOf('='))))
                .toList();
        return new WeightImport(recipe, read.weights(), taken);
    }

    private static InputException unrecognised(WeightSet file, Recipe asked) {
        List<String> others = Families.recognising(RecipeFit.network(file));
        String first = file.tensors().keySet().stream().findFirst().orElse("none at all");
        return new InputException(Words.of(
                "These are not the weights of a '%s' network. %s",
                asked.system(),
                others.isEmpty()
                        ? Words.of("Their names (the first is %s) are those of no system known here.", first)
                        : Words.of(
                                "Their names are those of '%s': choose a recipe of that system (inkstone inspect names them).",
                                String.join("' or '", others))));
    }

    /**
     * Makes a run directory with these weights as step 0; a failure leaves none.
     *
     * @param out must not exist yet, or be an empty folder
     * @param source where the weights come from, for people
     */
    public RunDirectory save(Path out, String source, ComputeDevice device) {
        return NewRun.make(out, recipe, device, run -> fill(run, source, device));
    }

    /** Refuses a place where {@link #save} could not make a run: what exists already, or lies where nothing can be written. */
    public static void requireFree(Path out) {
        RunDirectory.requireFree(out);
        for (Path above = out.toAbsolutePath().getParent(); above != null; above = above.getParent()) {
            if (Files.exists(above)) {
                if (!Files.isDirectory(above) || !Files.isWritable(above)) {
                    throw new InputException(Words.of(
                                    "The run directory %s cannot be written: %s is %s. Choose another place.",
                                    out, above, Files.isDirectory(above) ? "read-only" : "no folder"))
                            .about("out");
                }
                return;
            }
        }
    }

    private Environment environment(ComputeDevice device) {
        return Environment.here(device, recipe.train().precision());
    }

    private void fill(RunDirectory run, String source, ComputeDevice device) throws IOException {
        CheckpointState state = new CheckpointState(
                CheckpointState.FORMAT,
                Position.START,
                LossState.START,
                environment(device).precision(),
                torch.get_num_threads(),
                KernelChoices.current());
        try (Scope scope = Scope.open();
                Model model = recipe.build(Initializer.empty())) {
            LayerState.fill(model.network().state(), weights);
            new Checkpoints(run).saveAlone(model.network(), state, metadata(source));
        }
    }

    private Map<String, String> metadata(String source) {
        Map<String, String> text = new LinkedHashMap<>(NewRun.metadata(recipe, source));
        String scale = weights.metadata().get(WeightFile.LATENT_SCALE);
        if (scale != null) {
            text.put(WeightFile.LATENT_SCALE, scale);
        }
        return text;
    }
}
