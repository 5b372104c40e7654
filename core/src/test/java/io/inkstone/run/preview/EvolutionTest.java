package io.inkstone.run.preview;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.image.PngText;
import io.inkstone.image.Sheet;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.TinyDataTest;
import io.inkstone.run.TinyRun;
import io.inkstone.run.TrainingRun;
import io.inkstone.train.EpochReport;
import io.inkstone.train.Listener;
import io.inkstone.train.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The sheet that shows how the reconstruction of a picture came to look as it does. */
class EvolutionTest extends TinyDataTest {
    /** Long before the end, and every frame says what made it. */
    @Test
    void isThereWhenTrainingStops() throws IOException {
        Recipe recipe = TinyRun.autoencoder(data, "train.batch=10", "preview.everySteps=2");
        Path samples = TinyRun.train(recipe, folder.resolve("run"), 5).resolve("samples");
        for (String file : List.of("evolution/step-000002.png", "evolution/step-000004.png", "evolution.png")) {
            assertThat(PngText.read(samples.resolve(file)))
                    .containsKeys("inkstone.recipe", "inkstone.step", "Creation Time");
        }
        Pixels frame = PictureFile.read(samples.resolve("evolution/step-000002.png"));
        Pixels sheet = PictureFile.read(samples.resolve("evolution.png"));
        assertThat(sheet)
                .isEqualTo(Sheet.of(List.of(frame, PictureFile.read(samples.resolve("evolution/step-000004.png"))))
                        .draw());
    }

    @Test
    void isLeftOutWhereNoPreviewWasDrawn() {
        Path run = TinyRun.train(TinyRun.autoencoder(data, "train.batch=10"), folder.resolve("run"), 5);
        assertThat(run.resolve("samples/evolution.png")).doesNotExist();
    }

    @Test
    void isRedrawnAtEachSave() {
        Recipe recipe = TinyRun.autoencoder(
                data, "train.batch=10", "train.epochs=4", "train.saveEveryEpochs=2", "preview.everySteps=5");
        Path out = folder.resolve("run");
        Path sheet = out.resolve("samples/evolution.png");
        List<Integer> drawn = new ArrayList<>();
        try (TrainingRun run = TinyRun.start(recipe, out)) {
            run.train(List.of(new Listener() {
                @Override
                public void epochEnded(Trainer trainer, EpochReport report) {
                    try {
                        if (Files.deleteIfExists(sheet)) {
                            drawn.add(report.position().epoch());
                        }
                    } catch (IOException failure) {
                        throw new AssertionError(failure);
                    }
                }
            }));
        }
        assertThat(drawn).containsExactly(1, 3, 4);
        assertThat(sheet).exists();
    }

    /** A kill while a picture was written leaves a file that is none: the run comes to its end all the same. */
    @Test
    void passesOverTemporaryFilesThatWereLeft() throws IOException {
        Path out = folder.resolve("killed");
        try (TrainingRun run = TinyRun.start(TinyRun.autoencoder(data), out)) {
            Path frames = Files.createDirectories(out.resolve("samples/evolution"));
            Files.write(frames.resolve(".step-000001.png.8d7f.tmp"), new byte[10]);
            run.train(List.of());
        }
        assertThat(out.resolve("samples/evolution.png")).exists();
    }
}
