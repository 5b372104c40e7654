package io.inkstone.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.image.PictureFile;
import io.inkstone.run.Recipes;
import io.inkstone.run.TrainingRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.train.Listener;
import io.inkstone.train.StepReport;
import io.inkstone.train.Trainer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the documentation runs. */
class DrawFromARunTest {
    @TempDir
    Path folder;

    @Test
    void drawsAPictureOfEachClass() throws Exception {
        Path run = folder.resolve("run");
        train(run);
        List<Path> files = DrawFromARun.draw(run, folder.resolve("pictures"));
        assertThat(files).hasSize(5);
        for (Path file : files) {
            assertThat(PictureFile.read(file).width()).isEqualTo(16);
        }
    }

    /** Two steps of a narrow network: enough for a checkpoint. */
    private static void train(Path run) {
        TrainingRun.Start start = new TrainingRun.Start(run, Optional.empty(), ComputeDevice.CPU);
        try (TrainingRun training = TrainingRun.start(Recipes.load("sprites", List.of("model.width=8")), start)) {
            training.train(List.of(new Listener() {
                @Override
                public void stepped(Trainer trainer, StepReport report) {
                    if (report.position().step() == 2) {
                        trainer.stop();
                    }
                }
            }));
        }
    }
}
