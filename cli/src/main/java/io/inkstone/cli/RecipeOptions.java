package io.inkstone.cli;

import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options of {@code train} that change its recipe. */
final class RecipeOptions {
    @Option(
            names = "--data",
            paramLabel = "PATH",
            description = "Your own pictures: .npy, .zip, .parquet, or a folder. Default: what the recipe embeds.")
    private String data;

    @Option(
            names = "--first-stage",
            paramLabel = "RUN",
            description = "The trained autoencoder whose codes a latent diffusion recipe draws.")
    private Path firstStage;

    @Option(names = "--seed", paramLabel = "N", description = "The same as --set train.seed=N.")
    private Long seed;

    @Option(names = "--precision", paramLabel = "P", description = "auto, float32 or bfloat16.")
    private String precision;

    @Option(
            names = "--set",
            paramLabel = "KEY=VALUE",
            description = "Override a key of the recipe, such as model.width=128.")
    private List<String> overrides = new ArrayList<>();

    @Option(names = "--skip-damaged", description = "Leave out pictures that cannot be read, and count them.")
    private boolean skipDamaged;

    /**
     * A recipe as these options want it.
     *
     * @param name of a shipped recipe, or a YAML file
     * @param own what is set before the options are
     * @param after what is set in any case
     */
    Recipe recipe(String name, List<String> own, List<String> after) {
        List<String> all = new ArrayList<>(own);
        all.addAll(said());
        all.addAll(after);
        Recipe recipe = Recipes.load(name, all);
        Recipe placed = data == null ? recipe : recipe.withSource(Sources.absolute(data));
        return firstStage == null
                ? placed
                : placed.withFirstStage(firstStage.toAbsolutePath().normalize().toString());
    }

    private List<String> said() {
        List<String> all = new ArrayList<>(overrides);
        if (seed != null) {
            all.add("train.seed=" + seed);
        }
        if (precision != null) {
            all.add("train.precision=" + precision);
        }
        if (skipDamaged) {
            all.add("data.skipDamaged=true");
        }
        return all;
    }
}
