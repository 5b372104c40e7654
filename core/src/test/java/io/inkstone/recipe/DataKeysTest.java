package io.inkstone.recipe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.data.DataInfo;
import io.inkstone.data.Fit;
import io.inkstone.data.Framing;
import io.inkstone.data.HoldOut;
import io.inkstone.data.source.DataOptions;
import io.inkstone.image.Background;
import io.inkstone.image.Size;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a recipe says of its data. */
class DataKeysTest {
    private static final DataInfo INFO = DataInfo.of("some", 10, Optional.of(new Size(8, 8)), 3);

    private static DataConfig said(String... overrides) {
        return Recipes.load("sprites", List.of(overrides)).data();
    }

    @Test
    void whatIsSaidComesToWhereItIsDone() {
        DataConfig data = said(
                        "data.fit=pad",
                        "data.background='#ff8000'",
                        "data.columns.image=pic",
                        "data.columns.caption=words",
                        "data.zipNames=GBK")
                .resolved(INFO);
        assertThat(data.transform().framing()).isEqualTo(new Framing(Fit.PAD, new Background(0xFF8000)));
        DataOptions options = data.options();
        assertThat(options.image()).contains("pic");
        assertThat(options.label()).isEmpty();
        assertThat(options.caption()).contains("words");
        assertThat(options.zipNames().orElseThrow().name()).isEqualTo("GBK");
    }

    @Test
    void defaultsArePrintedAndComeBack() {
        Recipe recipe = Recipes.load("sprites", List.of("data.background='#ff8000'"));
        String yaml = Recipes.print(recipe);
        assertThat(yaml)
                .contains("  fit: crop\n", "  zipNames: auto\n", "  holdOutBy: auto\n")
                .contains("  columns:\n    image: auto\n    label: auto\n    caption: auto\n");
        assertThat(Recipes.parse(yaml, "printed", List.of())).isEqualTo(recipe);
    }

    /** Who builds on a run sees transparent pictures as it did, unless something else is said. */
    @Test
    void picturesLikeThoseOfAnotherRun() {
        DataConfig theirs = said("data.fit=pad", "data.background=black").resolved(INFO);
        assertThat(said().like(theirs, "it").background()).isEqualTo("black");
        assertThat(said().like(theirs, "it").fit()).isEqualTo(Fit.PAD);
        assertThat(said("data.background=grey").like(theirs, "it").background()).isEqualTo("grey");
    }

    @Test
    void wrongValuesAreNamed() {
        assertThatThrownBy(() -> said("data.background=mauve"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("white, black, grey");
        assertThatThrownBy(() -> said("data.zipNames=utf-9")).hasMessageContaining("data.zipNames");
        assertThatThrownBy(() -> said("data.fit=stretch")).hasMessageContaining("data.fit");
    }

    /** Pictures of one's own by content; embedded ones as their judges were trained. */
    @Test
    void aNewRunDecidesByWhatItHoldsOut() {
        DataConfig own = said("data.holdOut=0.2").withSource("/some/where").resolved(INFO);
        assertThat(own.holdOutBy()).isEqualTo(HoldOutBy.CONTENT);
        assertThat(own.heldOut()).isEqualTo(HoldOut.byContent(0.2));
        assertThat(said("data.holdOut=0.2").resolved(INFO).heldOut()).isEqualTo(HoldOut.byCount(0.2));
    }

    /** A run that was begun when there was only one way keeps it, whatever it goes on with. */
    @Test
    void aRunOfAnEarlierVersionHoldsOutByCount(@TempDir Path folder) throws Exception {
        Recipe recipe = Recipes.load("sprites", List.of("data.holdOut=0.2")).withSource("/some/where");
        String now = Recipes.print(recipe);
        Path file = folder.resolve("recipe.yaml");
        String then = now.replaceAll("  (holdOutBy|fit|background|zipNames): .*\n", "")
                .replaceAll("  columns:\n(    .*\n){3}", "");
        Files.writeString(file, then);
        DataConfig old = Recipes.ofRun(file, List.of()).data();
        assertThat(old.heldOut()).isEqualTo(HoldOut.byCount(0.2));
        assertThat(old.options()).isEqualTo(DataOptions.FOUND);
        assertThat(old.resolved(INFO).transform().framing()).isEqualTo(Framing.USUAL);
        assertThat(recipe.data().goingOnLike(old).heldOut()).isEqualTo(old.heldOut());
        assertThat(Recipes.load(file.toString(), List.of()).data().holdOutBy()).isEqualTo(HoldOutBy.AUTO);
    }

    /** Names that YAML could take for numbers, truth or nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0x1F",
                "1e3",
                "1_000",
                "0o17",
                "012",
                "true",
                "no",
                "null",
                "~",
                "2026-11-29",
                "a, b",
                "#x",
                ".5",
                "1:30",
                " x"
            })
    void namesOfClassesComeBackAsTheyAre(String name) {
        Recipe recipe = Recipes.load("sprites", List.of());
        Recipe named = recipe.with(recipe.data().withClasses(List.of(name, "b")), recipe.settings());
        Recipe read = Recipes.parse(Recipes.print(named), "printed", List.of());
        assertThat(read.data().classes().names().orElseThrow()).containsExactly(name, "b");
    }
}
