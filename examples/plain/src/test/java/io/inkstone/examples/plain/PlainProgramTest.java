package io.inkstone.examples.plain;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.image.PictureFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainProgramTest {
    @Test
    void trainsAndDraws(@TempDir Path folder) throws Exception {
        // No time at all: one step of a narrow network.
        Path run = TrainAndWatch.train(
                "sprites", folder.resolve("run"), 0, List.of("model.width=8", "preview.everySteps=0"));
        assertThat(run.resolve("checkpoints/step-000001")).isDirectory();
        Path file = folder.resolve("one.png");
        LabelsToPng.draw(run, "1", file);
        assertThat(PictureFile.read(file).width()).isEqualTo(16);
    }
}
