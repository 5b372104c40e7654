package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.condition.Condition;
import io.inkstone.models.captioned.CaptionConditions;
import io.inkstone.models.stable.PublishedCase;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.checkpoint.CheckpointTensors;
import io.inkstone.run.part.Parts;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Words read by a text encoder that somebody else trained. */
class GivenTextRunTest {
    @TempDir
    Path folder;

    private Recipe recipe(Path encoder) throws IOException {
        Path data = folder.resolve("data");
        if (!Files.exists(data)) {
            TinyWords.data(Files.createDirectories(data));
        }
        return TinyWords.ofPictures(
                folder, data, "model.text.from=" + encoder, "model.text.length=12", "train.epochs=2");
    }

    private static float[] told(SavedRun run, String words) {
        try (Scope scope = Scope.open()) {
            return Tensors.toFloats(run.model()
                    .conditions()
                    .told(List.of(Condition.text(words)), 1)
                    .vector());
        }
    }

    @Test
    void readsByAGivenEncoder() throws IOException {
        Path theirs = PublishedCase.named("sd1").save(Files.createDirectory(folder.resolve("theirs")));
        Path straight = TinyRun.train(recipe(theirs), folder.resolve("straight"));
        Path stopped = TinyRun.train(recipe(theirs), folder.resolve("stopped"), 3);
        TinyRun.resume(stopped);
        CheckpointTensors.assertSame(TinyRun.checkpoint(stopped, 8), TinyRun.checkpoint(straight, 8));
        assertThat(Parts.of(straight).parts()).extracting(Parts.Part::name).containsExactly("text_encoder");
        try (var files = Files.list(straight)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .anyMatch(name -> name.matches("codes-training-texts-[0-9a-f]+\\.f32"));
        }
        try (SavedRun run = SavedRun.open(straight, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            assertThat(run.model().network().parameters().keySet()).noneMatch(name -> name.startsWith("text."));
            float[] read = told(run, "a dark square");
            CaptionConditions conditions = (CaptionConditions) run.model().conditions();
            float[] states = conditions.statesOf(List.of("a dark square"));
            int width = conditions.keys().width();
            assertThat(read).hasSize(width);
            // The end stands behind the start and three words.
            for (int i = 0; i < width; i++) {
                assertThat(states[4 * width + i]).isEqualTo(read[i]);
            }
            conditions.remember(text -> java.util.Optional.of(new float[12 * width]));
            assertThat(told(run, "a dark square")).containsOnly(0f);
        }
    }

    @Test
    void refusesAFolderWithoutOne() {
        assertThatThrownBy(() -> TinyRun.start(recipe(folder), folder.resolve("out")))
                .isInstanceOf(InputException.class)
                .hasMessageContainingAll("text_encoder and tokenizer", folder + " has none");
    }
}
