package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.data.DataSet;
import io.inkstone.data.source.DataSource;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class RunDataTest {
    /** The embedded faces have captions, and are 64×64. */
    private static void onFaces(String assignment, Consumer<RunData> check) {
        DataSet faces = DataSource.open("faces");
        Recipe recipe = Recipes.load("faces-autoencoder", List.of("data.source=faces", assignment));
        try (RunData data = new RunData(faces, recipe.resolved(faces.info()))) {
            check.accept(data);
        }
    }

    @Test
    void captionsTravelUnlessTheRecipeLeavesThemOut() {
        onFaces(
                "data.captions=true",
                data -> assertThat(data.examples(2).captions()).hasSize(2).doesNotContain(""));
        onFaces("data.captions=false", data -> assertThat(data.examples(2).captions())
                .containsExactly("", ""));
    }

    @Test
    void picturesThatAreScaledUpALotAreATrial() {
        onFaces("data.size=256", data -> assertThat(data.notes())
                .anyMatch(note -> note.startsWith("This is a trial: pictures of 64×64 are scaled up to 256×256")));
        onFaces("data.size=128", data -> assertThat(data.notes()).noneMatch(note -> note.contains("trial")));
    }
}
