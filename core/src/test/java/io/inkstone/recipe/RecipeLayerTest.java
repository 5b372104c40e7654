package io.inkstone.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Recipes that build on others. */
class RecipeLayerTest {
    @TempDir
    Path folder;

    private String file(String path, String yaml) throws IOException {
        Path file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, yaml).toString();
    }

    private static Recipe load(String file, String... overrides) {
        return Recipes.load(file, List.of(overrides));
    }

    @Test
    void differsInItsOwnKeysAlone() throws IOException {
        Recipe mine = load(file("mine.yaml", "from: sprites\nmodel: {width: 96}\ntrain: {epochs: 64}\n"));
        assertThat(mine).isEqualTo(load("sprites", "model.width=96", "train.epochs=64"));
        assertThat(Recipes.differences(load("sprites"), mine)).containsExactly("model.width", "train.epochs");
    }

    @Test
    void printsTheWholeRecipe() throws IOException {
        String printed = Recipes.print(load(file("mine.yaml", "from: sprites\n")));
        assertThat(printed).isEqualTo(Recipes.print(load("sprites"))).doesNotContainPattern("(?m)^from:");
    }

    @Test
    void aListReplacesAndAGroupIsMerged() throws IOException {
        Recipe mine = load(file("mine.yaml", "from: celeba-vae\nmodel: {channels: [8]}\n"));
        assertThat(mine).isEqualTo(load("celeba-vae", "model.channels=[8]"));
    }

    @Test
    void pathsAreRelativeToTheFileThatSaysThem() throws IOException {
        file("shared/wide.yaml", "from: sprites\nmodel: {width: 96}\n");
        file("shared/long/epochs.yaml", "from: ../wide.yaml\ntrain: {epochs: 64}\n");
        Recipe mine = load(file("mine/mine.yaml", "from: ../shared/long/epochs.yaml\ntrain: {batch: 50}\n"));
        assertThat(mine).isEqualTo(load("sprites", "model.width=96", "train.epochs=64", "train.batch=50"));
    }

    @Test
    void overridesComeLast() throws IOException {
        String mine = file("mine.yaml", "from: sprites\ntrain: {epochs: 64}\n");
        assertThat(load(mine, "train.epochs=3")).isEqualTo(load("sprites", "train.epochs=3"));
    }

    @Test
    void itsSystemMayBeSaidAgain() throws IOException {
        assertThat(load(file("mine.yaml", "from: sprites\nsystem: diffusion\n")))
                .isEqualTo(load("sprites"));
    }

    /** A text may come out of a weight file: it opens no files. */
    @Test
    void aTextAloneBuildsOnShippedRecipes() throws IOException {
        assertThat(Recipes.parse("from: sprites", "text", List.of())).isEqualTo(load("sprites"));
        String there = file("mine.yaml", "from: sprites\n");
        assertThatThrownBy(() -> Recipes.parse("from: " + there, "text", List.of()))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("text: 'from' must name a shipped recipe, got the path '" + there + "'");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "from: sprits              | mine.yaml: there is no recipe 'sprits' to build on, and no file of that name beside it. Did you mean sprites?",
                "from: none/there.yaml     | mine.yaml: there is no file FOLDER/none/there.yaml. A path after 'from' is relative to the file",
                "from: fashion-all         | fashion-all is a list of them. Name one of its own: fashion-dnn, fashion-gan,",
                "from: words.yaml          | words.yaml is no recipe: it must hold keys",
                "from: systemless.yaml     | systemless.yaml does not say which system it trains",
                "from: wrong.yaml          | wrong.yaml: train.epochs:",
                "from: misspelt.yaml       | misspelt.yaml: there is no key 'model.widht'. Did you mean model.width?",
                "from: [sprites, faces-vae] | mine.yaml: 'from' must be the name of a recipe or the path of its file, such as 'from: sprites', got [\"sprites\",\"faces-vae\"].",
                "from: {name: sprites}     | such as 'from: sprites', got {",
                "from: 3                   | such as 'from: sprites', got 3.",
                "from:                     | such as 'from: sprites', got \"\".",
                "'from: '' '''             | such as 'from: sprites', got \" \".",
                "from: mine.yaml           | mine.yaml: recipes build on each other in a circle (FOLDER/mine.yaml, FOLDER/mine.yaml). One of them must do without 'from'.",
                "from: there.yaml          | back.yaml: recipes build on each other in a circle (FOLDER/mine.yaml, FOLDER/there.yaml, FOLDER/back.yaml, FOLDER/there.yaml)",
                "{from: mnist-vae, system: gan} | mine.yaml: its system is 'gan', but 'vae' that of mnist-vae, which it builds on. Leave out 'system', or build on a recipe of system 'gan'.",
                "{from: fashion-vae, system: gan} | its system is 'gan', but 'vae' that of fashion-vae",
                "{from: sprites, model: {widht: 8}} | mine.yaml: there is no key 'model.widht'.",
            })
    void namesWhatIsWrong(String yaml, String message) throws IOException {
        file("words.yaml", "just words");
        file("systemless.yaml", "train: {epochs: 3}\n");
        file("wrong.yaml", "from: sprites\ntrain: {epochs: many}\n");
        file("misspelt.yaml", "from: sprites\nmodel: {widht: 8}\n");
        file("there.yaml", "from: back.yaml\n");
        file("back.yaml", "from: there.yaml\n");
        String mine = file("mine.yaml", yaml);
        assertThatThrownBy(() -> load(mine))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message.replace("FOLDER", folder.toString()));
    }

    @Test
    void noOverrideChangesTheBase() {
        assertThatThrownBy(() -> load("sprites", "from=faces-vae"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("from=faces-vae: what a recipe builds on is said in its file.");
    }
}
