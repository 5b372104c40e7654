package io.inkstone.models.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.layers.Initializer;
import io.inkstone.models.DataForm;
import io.inkstone.models.Model;
import io.inkstone.models.TrainingPass;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.ResolvedRecipe;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.train.OptimizerConfig;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoencoderRecipesTest {
    @ParameterizedTest
    @CsvSource({"captioned-autoencoder, 512, 83653863", "faces-autoencoder, 64, 1288263"})
    void buildWhatTheySay(String name, int side, long parameters) {
        try (Scope scope = Scope.open();
                Model model = ResolvedRecipe.of(name).build(Initializer.shapesOnly())) {
            assertThat(model.inputShape(1)).containsExactly(1, 3, side, side);
            assertThat(model.network().parameterCount()).isEqualTo(parameters);
        }
    }

    @Test
    void thePublishedOneHasThePublishedHyperparameters() {
        Recipe recipe = Recipes.load("captioned-autoencoder", List.of());
        OptimizerConfig optimizer = recipe.optimizer();
        assertThat(optimizer.name()).isEqualTo(OptimizerConfig.Name.ADAMW);
        assertThat(optimizer.rate()).isEqualTo(1e-5);
        assertThat(optimizer.betas()).containsExactly(0.9, 0.999);
        assertThat(optimizer.eps()).isEqualTo(1e-8);
        assertThat(optimizer.weightDecay()).isEqualTo(0.01);
        assertThat(recipe.train().batch()).isEqualTo(1);
        assertThat(recipe.train().accumulate()).isEqualTo(200);
        assertThat(recipe.train().epochs()).isEqualTo(50);
        assertThat(recipe.settings())
                .isEqualTo(new AutoencoderSettings(
                        new AutoencoderSettings.ModelGroup(
                                128, List.of(1, 2, 4, 4), 4, 32, true, true, BlockMemory.AUTO),
                        new AutoencoderSettings.ObjectiveGroup(0)));
    }

    @Test
    void theMachineDecidesOnceWhetherBlocksAreComputedTwice() {
        AutoencoderFamily family = new AutoencoderFamily();
        DataForm data = new DataForm(3, 64, List.of());
        AutoencoderSettings open = family.defaults();
        assertThat(family.decided(open, data, new TrainingPass(ComputeDevice.CPU, 1, 2)))
                .isEqualTo(open.withCheckpointing(BlockMemory.NEVER));
        assertThat(family.decided(open, data, new TrainingPass(ComputeDevice.CPU, 100_000_000, 2)))
                .isEqualTo(open.withCheckpointing(BlockMemory.ALWAYS));
        AutoencoderSettings asked = open.withCheckpointing(BlockMemory.ALWAYS);
        assertThat(family.decided(asked, data, new TrainingPass(ComputeDevice.CPU, 1, 2)))
                .isEqualTo(asked);
    }

    @Test
    void takeTheirKeysFromTheCommandLine() {
        Recipe recipe = ResolvedRecipe.of(
                "faces-autoencoder", "model.checkpointing=true", "model.multipliers=[1, 2]", "objective.klWeight=0.5");
        AutoencoderSettings settings = (AutoencoderSettings) recipe.settings();
        assertThat(settings.model().checkpointing()).isEqualTo(BlockMemory.ALWAYS);
        assertThat(settings.model().multipliers()).containsExactly(1, 2);
        assertThat(settings.objective().klWeight()).isEqualTo(0.5);
        assertThatThrownBy(() -> Recipes.load("faces-autoencoder", List.of("model.checkpointing=perhaps")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("auto, true or false");
        assertThatThrownBy(() -> ResolvedRecipe.of("faces-autoencoder", "data.size=30"))
                .hasMessageContaining("28 or 32");
    }
}
