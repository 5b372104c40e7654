package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.data.DataSet;
import io.inkstone.data.source.DataSource;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Model;
import io.inkstone.tensor.Scope;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ShippedRecipesTest {
    static Stream<String> names() {
        // Lists of recipes hold no model of their own; latent ones need a trained run (LatentRunTest).
        return Recipes.shipped().keySet().stream().filter(name -> !name.endsWith("-all") && !name.contains("-latent-"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void isBuiltForItsEmbeddedData(String name) {
        Recipe recipe = Recipes.load(name, List.of());
        try (DataSet data = DataSource.open(recipe.data().source());
                Scope scope = Scope.open();
                Model model = recipe.resolved(data.info()).build(Initializer.shapesOnly())) {
            boolean labelled = name.matches("(mnist|fashion)-.*|sprites(-classifier|-modern)?")
                    && !name.matches(".*-(unconditional|nll)");
            assertThat(model.classes().isEmpty()).isEqualTo(!labelled);
            assertThat(model.network().parameterCount()).isPositive();
        }
    }

    @Test
    void publishedHyperparametersGivePublishedParameters() {
        assertThat(parameters("mnist-dnn")).isEqualTo(6_650_433);
        assertThat(parameters("celeba-vae")).isEqualTo(1_183_283);
        assertThat(parameters("mnist-diffusion", "model.width=64")).isEqualTo(2_020_225);
        assertThat(parameters("sprites")).isEqualTo(1_481_027);
    }

    private static long parameters(String name, String... overrides) {
        Recipe recipe = Recipes.load(name, List.of(overrides));
        try (DataSet data = DataSource.open(recipe.data().source());
                Scope scope = Scope.open();
                Model model = recipe.resolved(data.info()).build(Initializer.shapesOnly())) {
            return model.network().parameterCount();
        }
    }
}
