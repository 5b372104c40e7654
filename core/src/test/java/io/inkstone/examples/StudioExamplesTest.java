package io.inkstone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.image.PictureFile;
import io.inkstone.image.PngText;
import io.inkstone.run.SavedRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.wish.DrawWish;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of the documentation run. */
class StudioExamplesTest {
    @TempDir
    Path folder;

    @Test
    void trainsAndDraws() throws Exception {
        // Any loss is low enough: one step of a narrow network.
        Path run = TrainAndWatch.train(folder.resolve("run"), 1e9, "model.width=8", "preview.everySteps=0");
        try (SavedRun saved = SavedRun.open(run, SavedRun.Weights.RAW, ComputeDevice.CPU)) {
            assertThat(saved.checkpoint()).isEqualTo("step-000001");
        }
        Path picture = LabelsToPng.draw(run, "1", folder.resolve("one.png"));
        assertThat(PictureFile.read(picture).width()).isEqualTo(16);
        assertThat(PngText.read(picture)).containsKeys(DrawWish.PNG_KEYWORD, "inkstone.recipe");
        assertThat(QueueOfWork.draw(run)).hasSize(5);
    }
}
