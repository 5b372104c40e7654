package io.inkstone.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.diffusion.path.LinearBetaPath;
import io.inkstone.diffusion.target.NoiseTarget;
import io.inkstone.models.diffusion.DiffusionSettings;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RecipesTest {
    static Iterable<String> shipped() {
        return Recipes.shipped().keySet().stream()
                .filter(name -> Recipes.steps(name).isEmpty())
                .toList();
    }

    @Test
    void listsNameRecipesThatShip() {
        assertThat(Recipes.steps("fashion-all"))
                .extracting(Recipes.Step::recipe)
                .containsExactly("fashion-dnn", "fashion-gan", "fashion-vae", "fashion-diffusion");
        assertThat(Recipes.shipped().keySet())
                .containsAll(Recipes.steps("mnist-all").stream()
                        .map(Recipes.Step::recipe)
                        .toList());
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void everyShippedRecipeReadsBackAsPrinted(String name) {
        Recipe recipe = Recipes.load(name, List.of());
        assertThat(Recipes.parse(Recipes.print(recipe), "printed", List.of())).isEqualTo(recipe);
    }

    @Test
    void spritesHaveThePublishedNumbers() {
        Recipe sprites = Recipes.load("sprites", List.of());
        assertThat(sprites.train().epochs()).isEqualTo(32);
        assertThat(sprites.train().batch()).isEqualTo(100);
        assertThat(sprites.optimizer().schedule().rate(sprites.optimizer().rate(), 31, 32))
                .isEqualTo(3.125e-5);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "model.widht=8          | there is no key 'model.widht'. Did you mean model.width?",
                "epochs=3               | there is no key 'epochs'.",
                "train.epochs=many      | train.epochs:",
                "train.epochs=0         | train.epochs must be 1 or more, got 0.",
                "train.epochs=1.5       | train.epochs:",
                "model.pool=big         | expected a whole number or auto, got 'big'",
                "optimizer.name=sgd     | optimizer.name:",
                "train.precision=half   | train.precision:",
                "train=3                | 'train' is a group of keys",
                "diffusion.betaEnd=2    | 0 < betaStart",
                "diffusion.steps=0      | 1 to 1,000,000, got 0.",
                "diffusion.path=curved  | diffusion.path:",
                "diffusion.path=flow    | or another target.",
                "diffusion.target=edn   | diffusion.target:",
                "diffusion.zeroTerminalSnr=true | (α = 0, σ = 1) says nothing of the clean picture",
                "system=transformer     | There is no system 'transformer'",
                "nothing                | is set as KEY=VALUE",
            })
    void namesWhatIsWrong(String override, String message) {
        assertThatThrownBy(() -> Recipes.load("sprites", List.of(override)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void namesAnUnknownRecipe() {
        assertThatThrownBy(() -> Recipes.load("sprite", List.of()))
                .hasMessageContaining("There is no recipe 'sprite'")
                .hasMessageContaining("Did you mean sprites?");
    }

    @Test
    void refusesWhatIsNoRecipe() {
        assertThatThrownBy(() -> Recipes.parse("just words", "file.yaml", List.of()))
                .hasMessageContaining("file.yaml is no recipe");
        assertThatThrownBy(() -> Recipes.parse("a: [1", "file.yaml", List.of()))
                .hasMessageContaining("file.yaml is not YAML");
        assertThatThrownBy(() -> Recipes.parse("train: {epochs: 3}", "file.yaml", List.of()))
                .hasMessageContaining("does not say which system");
    }

    /** What a run directory holds that was written before paths and targets could be chosen. */
    @Test
    void olderRecipesMeanWhatTheyMeant() {
        String old =
                "system: diffusion\ndiffusion: {steps: 500, betaStart: 0.0001, betaEnd: 0.02, contextDropout: 0.1}\n"
                        + "preview: {everySteps: 200, everyEpochs: 0, count: 10, sampler: ddim, steps: 25}\n";
        Recipe recipe = Recipes.parse(old, "recipe.yaml", List.of());
        DiffusionSettings settings = (DiffusionSettings) recipe.settings();
        assertThat(settings.diffusion()).isEqualTo(DiffusionSettings.DiffusionGroup.PUBLISHED);
        assertThat(settings.diffusion().process().path().at(0.5))
                .isEqualTo(new LinearBetaPath(500, 1e-4, 0.02).at(0.5));
        assertThat(settings.diffusion().process().target()).isEqualTo(new NoiseTarget());
        assertThat(recipe.preview().grid()).isEqualTo("auto");
    }

    @Test
    void aFileNamesOnlyWhatDiffers() {
        Recipe recipe = Recipes.parse("system: diffusion\nmodel: {width: 16}\n", "mine.yaml", List.of());
        assertThat(Recipes.print(recipe)).contains("width: 16").contains("betaEnd: 0.02");
    }
}
