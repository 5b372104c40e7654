package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.recipe.Recipe;
import io.inkstone.tensor.ComputeDevice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vocabulary that cannot be used is said before anything is written. */
class WrongVocabularyTest {
    @TempDir
    Path folder;

    private void assertRefused(Recipe recipe, String... parts) {
        Path out = folder.resolve("run");
        assertThatThrownBy(() -> TrainingRun.start(recipe, new TrainingStart(out, Optional.empty(), ComputeDevice.CPU)))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll(parts);
        assertThat(out).doesNotExist();
    }

    @Test
    void thatDoesNotExist() {
        Path none = folder.resolve("none");
        assertRefused(
                TinyRun.autoencoder(Path.of("faces"), "data.tokenizer=" + none),
                "There is no CLIP vocabulary " + none,
                "vocab.json");
    }

    @Test
    void ofPicturesWithoutCaptions() throws IOException {
        assertRefused(
                TinyRun.recipe(TinyRun.data(folder), "data.tokenizer=" + folder),
                "data.tokenizer makes ids of captions",
                "leave it out");
    }
}
