package io.inkstone.run.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InterruptedWorkException;
import io.inkstone.data.source.DataSource;
import io.inkstone.image.Pixels;
import io.inkstone.models.TwoStage;
import io.inkstone.models.code.Coding;
import io.inkstone.recipe.Recipe;
import io.inkstone.run.RunData;
import io.inkstone.run.SavedRun;
import io.inkstone.run.TinyRun;
import io.inkstone.run.TrainingRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.BatchSource;
import io.inkstone.train.TrainingPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What latent diffusion trains on: codes [2, 4, 4] of pictures of 8×8. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodedBatchesTest {
    private static final int SIZE = 2 * 4 * 4;

    private Path folder;
    private Path data;
    private Path stage;
    private SavedRun saved;
    private TwoStage model;

    @BeforeAll
    void trainBothStages(@TempDir Path shared) throws IOException {
        folder = shared;
        data = TinyRun.data(folder);
        stage = TinyRun.train(TinyRun.autoencoder(data), folder.resolve("stage"));
        Path run = TinyRun.train(recipe("train.epochs=1"), folder.resolve("run"), 1);
        saved = SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU);
        model = (TwoStage) saved.model();
    }

    @AfterAll
    void close() {
        saved.close();
    }

    private Recipe recipe(String... more) {
        return TinyRun.latent(data, more).withFirstStage(stage.toString());
    }

    /** Each picture once an epoch, as it is or mirrored: the mean of its code, scaled. */
    @Test
    void areTheScaledCodesOfThePictures() {
        RunData prepared = open(recipe(), CodeCache.MEMORY);
        List<Pixels> pictures =
                new ArrayList<>(prepared.examples(TinyRun.PICTURES).pictures());
        pictures.addAll(pictures.stream().map(Pixels::mirrored).toList());
        float[] expected = new Coding(model.stage(), ComputeDevice.CPU, Precision.FLOAT32)
                .means(model.pictures().array(pictures), List.of())
                .scaled(model.firstStage().scale())
                .toFloats();
        Set<Integer> seen = new HashSet<>();
        int mirrored = 0;
        for (float[] code : epoch(prepared.batches(model, plan(Precision.FLOAT32), folder))) {
            int nearest = nearest(code, expected);
            assertThat(distance(code, expected, nearest)).isLessThan(1e-5);
            mirrored += nearest / TinyRun.PICTURES;
            seen.add(nearest % TinyRun.PICTURES);
        }
        prepared.close();
        assertThat(seen).hasSize(TinyRun.PICTURES);
        assertThat(mirrored).isBetween(60, 140); // 100 ± 5.7 standard deviations
    }

    private static int nearest(float[] code, float[] codes) {
        int nearest = 0;
        for (int i = 1; i < codes.length / SIZE; i++) {
            nearest = distance(code, codes, i) < distance(code, codes, nearest) ? i : nearest;
        }
        return nearest;
    }

    private static double distance(float[] code, float[] codes, int index) {
        double sum = 0;
        for (int i = 0; i < SIZE; i++) {
            sum += Math.pow(code[i] - codes[index * SIZE + i], 2);
        }
        return sum;
    }

    /** Held-out pictures are as many as those trained on: what lies on disk must be told apart by more than that. */
    @Test
    void eachFileHoldsTheCodesOfItsOwnPictures() throws IOException {
        Path files = Files.createDirectory(folder.resolve("files"));
        Recipe halves = recipe("data.holdOut=0.5", "data.flip=false");
        Recipe cropped = recipe("data.holdOut=0.5", "data.flip=false", "data.crop=6");
        for (int pass = 0; pass < 2; pass++) { // the second one finds them
            for (Precision precision : List.of(Precision.FLOAT32, Precision.BFLOAT16)) {
                assertThat(codes(halves, precision, files, 0))
                        .isDeepEqualTo(codes(halves, precision, files, CodeCache.MEMORY));
            }
            assertThat(codes(cropped, Precision.FLOAT32, files, 0))
                    .isDeepEqualTo(codes(cropped, Precision.FLOAT32, files, CodeCache.MEMORY));
            try (var all = Files.list(files)) {
                assertThat(all).hasSize(3 * 2);
            }
        }
    }

    /** Those of the held-out pictures, which are asked for first, then those of the others. */
    private float[][] codes(Recipe recipe, Precision precision, Path files, long memory) {
        RunData prepared = open(recipe, memory);
        List<float[]> all = new ArrayList<>(
                epoch(prepared.heldOutBatches(model, plan(precision), files).orElseThrow()));
        all.addAll(epoch(prepared.batches(model, plan(precision), files)));
        prepared.close();
        assertThat(all).hasSize(TinyRun.PICTURES);
        return all.toArray(float[][]::new);
    }

    @Test
    void encodingSaysHowFarItIsAndCanBeInterrupted() {
        List<String> said = new ArrayList<>();
        try (TrainingRun run = TinyRun.start(recipe("train.epochs=1"), folder.resolve("prepared"))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> run.prepare(said::add)).isInstanceOf(InterruptedWorkException.class);
            assertThat(said).isEmpty();
            run.prepare(said::add);
            run.trainer().stop();
            run.train(List.of()); // encodes nothing again
        }
        assertThat(said)
                .containsExactly("Encoding the pictures: 256 of 400 done.", "Encoding the pictures: 400 of 400 done.");
    }

    private RunData open(Recipe recipe, long memory) {
        var source = DataSource.open(data.toString());
        return new RunData(source, FirstStageRun.resolved(recipe, source.info()), memory);
    }

    private TrainingPlan plan(Precision precision) {
        return new TrainingPlan(1, 1, saved.recipe().optimizer(), precision, ComputeDevice.CPU, new Seed(0));
    }

    private static List<float[]> epoch(BatchSource source) {
        List<float[]> codes = new ArrayList<>();
        boolean more = true;
        try (BatchSource.Batches batches = source.open(0, 0)) {
            while (more) {
                try (Scope scope = Scope.open()) {
                    Batch batch = batches.next();
                    assertThat(batch.pictures().shape()).endsWith(2, 4, 4);
                    float[] values = Tensors.toFloats(batch.pictures());
                    for (int i = 0; i < batch.size(); i++) {
                        codes.add(java.util.Arrays.copyOfRange(values, i * SIZE, (i + 1) * SIZE));
                    }
                    more = !batch.endsEpoch();
                }
            }
        }
        return codes;
    }
}
