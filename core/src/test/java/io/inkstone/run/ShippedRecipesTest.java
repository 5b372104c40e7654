package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Model;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.RecipeText;
import io.inkstone.recipe.RecipeTree;
import io.inkstone.recipe.Recipes;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedRecipesTest {
    static Stream<String> names() {
        // Lists of recipes hold no model of their own; latent ones need a trained run (LatentRunTest).
        return Recipes.shipped().keySet().stream()
                .filter(name ->
                        !name.endsWith("-all") && !name.contains("-latent-") && !name.equals("captioned-diffusion"));
    }

    /** A jar's folders cannot be listed, so recipes have an index. */
    @Test
    void everyFileIsInTheIndex() throws Exception {
        Path folder = Path.of(Recipes.class
                        .getResource("/io/inkstone/recipes/index.yaml")
                        .toURI())
                .getParent();
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString().replace(".yaml", ""))
                            .filter(name -> !name.equals("index")))
                    .as("Each recipe has a line in index.yaml, with what it is for.")
                    .containsExactlyInAnyOrderElementsOf(Recipes.shipped().keySet());
        }
    }

    /** What a dry run says, from shapes alone: every operator of the network must know these. */
    @ParameterizedTest
    @MethodSource("names")
    void isEstimated(String name) {
        Recipe recipe = ResolvedRecipe.of(name);
        try (Scope scope = Scope.open();
                Model model = recipe.build(Initializer.shapesOnly())) {
            Estimate estimate = Estimate.of(model, recipe, Precision.FLOAT32);
            assertThat(estimate.bytes()).isGreaterThan(estimate.parameters() * 16);
            assertThat(estimate.secondsPerBatch()).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void isBuiltForItsEmbeddedData(String name) {
        try (Scope scope = Scope.open();
                Model model = ResolvedRecipe.of(name).build(Initializer.shapesOnly())) {
            boolean labelled =
                    name.matches("(mnist|fashion)-.*|avatars|sprites(-classifier|-modern|-few)?|faces-attributes")
                            && !name.matches(".*-(unconditional|nll)");
            assertThat(model.classes().isEmpty())
                    .as("%s has no classes; names of recipes that have some match the pattern in this test", name)
                    .isEqualTo(!labelled);
            assertThat(model.network().parameterCount()).isPositive();
        }
    }

    static Stream<String> builtOnAnother() {
        return names().filter(name -> own(name).has("from"));
    }

    private static ObjectNode own(String name) {
        return RecipeTree.parse(RecipeText.of(name).yaml(), name);
    }

    static Stream<String> unconditional() {
        return Recipes.shipped().keySet().stream().filter(name -> name.endsWith("-unconditional"));
    }

    /** So a base can change without another recipe that says a key again standing in its way, unseen. */
    @ParameterizedTest
    @MethodSource("builtOnAnother")
    void saysOnlyWhatDiffersFromItsBase(String name) {
        ObjectNode own = own(name);
        Recipe base = Recipes.load(own.remove("from").asText(), List.of());
        assertThat(RecipeTree.keys(own, ""))
                .containsExactlyInAnyOrderElementsOf(Recipes.differences(base, Recipes.load(name, List.of())));
    }

    @ParameterizedTest
    @MethodSource("unconditional")
    void isItsTwinWithoutLabels(String name) {
        Recipe twin = Recipes.load(name.replace("-unconditional", ""), List.of());
        Recipe recipe = Recipes.load(name, List.of());
        assertThat(Recipes.differences(twin, recipe))
                .contains("model.conditional")
                .isSubsetOf("model.conditional", "diffusion.contextDropout", "preview.count", "preview.guidance");
        assertThat(Recipes.print(recipe)).contains("conditional: false");
    }

    @Test
    void publishedHyperparametersGivePublishedParameters() {
        assertThat(parameters("mnist-dnn")).isEqualTo(6_650_433);
        assertThat(parameters("celeba-vae")).isEqualTo(1_183_283);
        assertThat(parameters("mnist-diffusion", "model.width=64")).isEqualTo(2_020_225);
        assertThat(parameters("sprites")).isEqualTo(1_481_027);
    }

    private static long parameters(String name, String... overrides) {
        try (Scope scope = Scope.open();
                Model model = ResolvedRecipe.of(name, overrides).build(Initializer.shapesOnly())) {
            return model.network().parameterCount();
        }
    }
}
