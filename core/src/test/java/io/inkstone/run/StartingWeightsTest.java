package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.data.SharedData;
import io.inkstone.recipe.Recipe;
import io.inkstone.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights bring their classes along: each goes on as the class of that name. */
class StartingWeightsTest {
    @TempDir
    Path folder;

    private Path first;

    @BeforeEach
    void trainOnAAndC() throws IOException {
        Path data = TinyFolders.add(folder.resolve("ac"), "a", 0, 8);
        TinyFolders.add(data, "c", 0, 8);
        first = TinyRun.train(recipe(data), folder.resolve("first"), 1);
    }

    private static Recipe recipe(Path data, String... more) {
        List<String> all = new ArrayList<>(List.of(more));
        all.addAll(List.of("data.size=8", "data.channels=3"));
        return TinyRun.recipe(data, all.toArray(String[]::new));
    }

    private List<String> classes(Recipe recipe, Path from) {
        try (TrainingRun run = TrainingRun.start(
                recipe, new TrainingStart(folder.resolve("next"), Optional.of(from), ComputeDevice.CPU))) {
            return run.model().classes();
        }
    }

    @Test
    void aListInAnotherOrderFollowsThem() {
        Recipe swapped = recipe(SharedData.situation("resume-classes/npy-swapped")); // c, a
        assertThat(classes(swapped, first)).containsExactly("a", "c");
    }

    @Test
    void aWeightFileOfOursKnowsThemToo() {
        Recipe swapped = recipe(SharedData.situation("resume-classes/npy-swapped"));
        Path file = TinyRun.checkpoint(first, 1).resolve("weights.safetensors");
        assertThat(classes(swapped, file)).containsExactly("a", "c");
    }

    @Test
    void otherClassesAreRefusedWithBothListsUnlessTheirNamesAreSaid() throws IOException {
        Path data = TinyFolders.add(folder.resolve("ad"), "a", 0, 8);
        TinyFolders.add(data, "d", 0, 8);
        assertThatThrownBy(() -> classes(recipe(data), first))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("knows 2 classes (a, c)")
                .hasMessageContaining("has 2 classes (a, d)");
        assertThat(folder.resolve("next")).doesNotExist();
        assertThat(classes(recipe(data, "data.classes=[a,d]"), first)).containsExactly("a", "d");
    }
}
