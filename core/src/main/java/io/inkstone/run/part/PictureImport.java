package io.inkstone.run.part;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.image.Size;
import io.inkstone.layers.Initializer;
import io.inkstone.models.DataForm;
import io.inkstone.models.Model;
import io.inkstone.models.conditional.UnconditionalConfig;
import io.inkstone.models.scheduled.PictureFolder;
import io.inkstone.models.scheduled.ScheduledFamily;
import io.inkstone.models.scheduled.ScheduledSettings;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.tensor.Scope;
import io.inkstone.weights.StrictMatch;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Folders of {@code UNet2DModel}, with the scheduler of their pipeline or without, that become runs. */
public final class PictureImport {
    /** The recipe that ships for them. */
    public static final String RECIPE = "ddpm";

    private PictureImport() {}

    /**
     * Fits a recipe to a folder, of which names and shapes are compared with the network.
     *
     * @param overrides {@code KEY=VALUE} each, over the recipe that ships
     */
    public static WeightImport of(Path path, List<String> overrides) {
        return of(path, Recipes.load(RECIPE, overrides));
    }

    /** @param asked as it was named */
    public static WeightImport of(Path path, Recipe asked) {
        if (!(asked.settings() instanceof ScheduledSettings settings)) {
            throw new InputException(Words.of(
                    "%s is of a %s, which is of the system '%s': leave out the recipe, or choose one of that system.",
                    path, PictureFolder.NETWORK, ScheduledFamily.NAME));
        }
        try {
            PictureFolder folder = PictureFolder.of(path);
            UnconditionalConfig config = folder.config();
            Size size = asked.data().size().size().or(config::size).orElseThrow(() -> new InputException(Words.of(
                            "The config.json of %s does not say how large pictures are (sample_size): say it with data.size.",
                            folder.network()))
                    .about("data.size=64"));
            DataForm form = new DataForm(config.shape().in(), size, List.of());
            Recipe recipe = asked.with(asked.data().withForm(form), folder.settings(settings));
            WeightSet weights = folder.weights();
            requireMatch(recipe, weights);
            return new WeightImport(recipe, weights, taken(asked, recipe));
        } catch (IOException failure) {
            throw new InputException(Words.of("%s cannot be read: %s", path, failure.getMessage()), failure);
        }
    }

    private static List<String> taken(Recipe asked, Recipe recipe) {
        return Recipes.assignments(asked, recipe).stream()
                .filter(change -> change.startsWith("data."))
                .toList();
    }

    private static void requireMatch(Recipe recipe, WeightSet weights) {
        try (Scope scope = Scope.open();
                Model model = recipe.build(Initializer.shapesOnly())) {
            Map<String, long[]> expected = new LinkedHashMap<>();
            model.network().state().forEach((name, tensor) -> expected.put(name, tensor.shape()));
            StrictMatch.check(expected, weights);
        }
    }
}
