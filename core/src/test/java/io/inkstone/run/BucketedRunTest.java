package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.checkpoint.CheckpointTensors;
import io.inkstone.tensor.Scope;
import io.inkstone.train.BatchSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Runs on pictures of several shapes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BucketedRunTest {
    private static final int PICTURES = 42;

    private Path folder;
    private Path data;

    /** Tall, wide and square pictures, 14 of each. */
    @BeforeAll
    void draw(@TempDir Path shared) throws IOException {
        folder = shared;
        data = Files.createDirectory(folder.resolve("data"));
        for (int i = 0; i < PICTURES; i++) {
            int width = 12 + 3 * (i % 3);
            PictureFile.write(data.resolve("p" + i + ".png"), Pixels.filled(width, 30 - width, 0x050301 * i));
        }
    }

    private Recipe autoencoder(String... more) {
        List<String> overrides = new ArrayList<>(List.of("data.bucketAspect=2", "data.size=16", "train.batch=4"));
        overrides.addAll(List.of(more));
        return TinyRun.autoencoder(data, overrides.toArray(String[]::new));
    }

    private static List<List<Long>> shapes(TrainingRun run, BatchSource source) {
        List<List<Long>> shapes = new ArrayList<>();
        try (BatchSource.Batches batches = source.open(0, 0)) {
            for (int i = 0; i < 12; i++) {
                Scope.run(() -> {
                    long[] shape = batches.next().pictures().shape();
                    shapes.add(List.of(shape[1], shape[2], shape[3]));
                });
            }
        }
        return shapes;
    }

    @Test
    void goOnBitForBit() throws IOException {
        Recipe recipe = autoencoder("train.epochs=2", "train.saveEveryEpochs=1");
        Path straight = TinyRun.train(recipe, folder.resolve("straight"));
        Path stopped = TinyRun.train(recipe, folder.resolve("stopped"), 7);
        TinyRun.resume(stopped);
        CheckpointTensors.assertSame(TinyRun.checkpoint(stopped, 24), TinyRun.checkpoint(straight, 24));
    }

    /** Codes of the pictures have their shapes: [2, h/2, w/2]. */
    @Test
    void codesHaveTheShapesOfTheirPictures() {
        Path stage = TinyRun.train(autoencoder(), folder.resolve("stage"));
        Recipe recipe = TinyRun.latent(data, "data.bucketAspect=2", "train.batch=4", "train.epochs=1")
                .withFirstStage(stage.toString());
        try (TrainingRun run = TinyRun.start(recipe, folder.resolve("latent"))) {
            RunData prepared = new RunData(run.recipe().data().open(), run.recipe());
            List<List<Long>> shapes =
                    shapes(run, prepared.batches(run.model(), run.trainer().plan(), folder.resolve("latent")));
            assertThat(shapes).contains(List.of(2L, 8L, 8L)).allMatch(shape -> shape.get(1) * shape.get(2) <= 64);
            assertThat(shapes.stream().distinct().count()).isEqualTo(3);
            prepared.close();
            run.train(List.of());
            assertThat(run.trainer().position().epoch()).isEqualTo(1);
        }
    }

    @Test
    void networksOfOneSizeRefuse() {
        Recipe recipe = TinyRun.recipe(data, "data.size=16", "data.bucketAspect=2");
        assertThatThrownBy(() -> TinyRun.start(recipe, folder.resolve("refused")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("one size alone");
        assertThat(folder.resolve("refused")).doesNotExist();
    }

    @Test
    void squaresOfACropHaveNoOtherShapes() {
        assertThatThrownBy(() -> autoencoder("data.crop=12"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("data.crop");
        assertThatThrownBy(() -> autoencoder("data.bucketAspect=0.5"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("from 1 (no buckets) to 8");
    }
}
