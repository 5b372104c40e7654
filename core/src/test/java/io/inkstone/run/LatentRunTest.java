package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.checkpoint.CheckpointTensors;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Latent diffusion over a tiny autoencoder: codes [2, 4, 4] of pictures of 8×8. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LatentRunTest {
    private Path folder;
    private Path data;
    private Path stage;

    @BeforeAll
    void trainAFirstStage(@TempDir Path shared) throws IOException {
        folder = shared;
        data = TinyRun.data(folder);
        stage = TinyRun.train(stageRecipe(), folder.resolve("stage"));
    }

    private Recipe stageRecipe(String... more) {
        return TinyRun.autoencoder(data, more);
    }

    private Recipe recipe(String... more) {
        return TinyRun.latent(data, more);
    }

    private Recipe named(String... more) {
        return recipe(more).withFirstStage(stage.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"float32", "bfloat16"})
    void goesOnBitForBit(String precision) throws IOException {
        Recipe recipe = named("train.precision=" + precision);
        Path straight = TinyRun.train(recipe, folder.resolve("straight-" + precision));
        Path stopped = TinyRun.train(recipe, folder.resolve("stopped-" + precision), 30);
        try (TrainingRun run = TinyRun.reopen(stopped)) {
            assertThat(run.trainer().position().step()).isEqualTo(30);
            run.train(List.of());
        }
        CheckpointTensors.assertSame(TinyRun.checkpoint(stopped, 60), TinyRun.checkpoint(straight, 60));
        for (String file : List.of("final.png", "film.png", "animation.gif")) {
            assertThat(straight.resolve("samples").resolve(file)).exists();
        }
    }

    @Test
    void drawsDecodedPicturesAndDecodedFrames() {
        Path run = TinyRun.train(named("train.epochs=1"), folder.resolve("drawn"));
        try (SavedRun saved = SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            assertThat(saved.model().network().state().keySet()).noneMatch(name -> name.startsWith("decoder"));
            Generation generation = new Generation((Generates) saved.model(), ComputeDevice.CPU, Precision.FLOAT32, 4);
            GenerationRequest request = GenerationRequest.grid(2, 3, 5).withSampling(SamplingOptions.of("ddim", 3));
            Generation.Result result = generation.run(request, true);
            assertThat(result.pictures().shape()).containsExactly(6, 3, 8, 8);
            assertThat(result.frames()).isNotEmpty().allSatisfy(frame -> assertThat(frame.shape())
                    .containsExactly(6, 3, 8, 8));
            assertThat(result.frames().get(result.frames().size() - 1)).isEqualTo(result.pictures());
            assertThatThrownBy(() -> generation.pictures(request.withSampling(SamplingOptions.DEFAULT.withClamp(true))))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("clamp and threshold");
        }
    }

    /** Attributes are no classes: a picture has several or none, and the figures at the end do not ask for one. */
    @Test
    void endsWellOnAttributes() throws IOException {
        Path folderOfFaces = Files.createDirectories(folder.resolve("attributes"));
        byte[] pixels = new byte[20 * 8 * 8 * 3];
        new SplittableRandom(4).nextBytes(pixels);
        Path faces = folderOfFaces.resolve("pictures.npy");
        Npy.write(faces, NdArray.of(pixels, 20, 8, 8, 3));
        float[] attributes = new float[20 * 3];
        for (int i = 0; i < 20; i++) {
            attributes[3 * i] = 1;
            attributes[3 * i + 1] = i % 2;
        }
        Npy.write(folderOfFaces.resolve("labels.npy"), NdArray.of(attributes, 20, 3));
        Path run = TinyRun.train(named("train.epochs=1").withSource(faces.toString()), folder.resolve("told"));
        assertThat(run.resolve("samples/final.png")).exists();
        assertThat(Files.readString(run.resolve("metrics.jsonl")))
                .contains("diversity")
                .doesNotContain("agreement");
    }

    /** The copy is enough: without the run that it was made of everything goes on. */
    @Test
    void isWholeWithoutTheFirstStagesRun() throws IOException {
        Path other = TinyRun.train(stageRecipe("train.seed=9"), folder.resolve("stage-gone"));
        Path run = TinyRun.train(recipe("train.epochs=1").withFirstStage(other.toString()), folder.resolve("whole"), 5);
        NdArray before = pictures(run);
        Checkpoints.delete(other);
        assertThat(pictures(run)).isEqualTo(before);
        Path moved = Files.move(run, folder.resolve("moved"));
        assertThat(pictures(moved)).isEqualTo(before);
        TinyRun.reopen(moved).close();
        try (SavedRun copy = SavedRun.open(moved.resolve("first-stage"), SavedRun.Weights.RAW, ComputeDevice.CPU)) {
            assertThat(copy.latentScale()).isPositive();
        }
        assertThatThrownBy(() -> TinyRun.reopen(moved.resolve("first-stage")))
                .hasMessageContaining("nothing to go on from");
        Checkpoints.delete(moved.resolve("first-stage"));
        assertThatThrownBy(() -> pictures(moved))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("first stage of " + moved + " is missing")
                .hasMessageContaining(other.toString())
                .hasMessageContaining("copy that run to " + moved.resolve("first-stage"));
    }

    @Test
    void findsTheOriginalWhereTheCopyIsGoneAndNoticesOtherWeights() throws IOException {
        Path other = TinyRun.train(stageRecipe("train.seed=8"), folder.resolve("stage-changed"));
        Path run =
                TinyRun.train(recipe("train.epochs=1").withFirstStage(other.toString()), folder.resolve("changed"), 5);
        Checkpoints.delete(run.resolve("first-stage"));
        pictures(run);
        TinyRun.resume(other, "train.epochs=2");
        assertThatThrownBy(() -> pictures(run)).hasMessageContaining("has other weights");
    }

    private static NdArray pictures(Path run) {
        try (SavedRun saved = SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            return new Generation((Generates) saved.model(), ComputeDevice.CPU, Precision.FLOAT32, 4)
                    .pictures(GenerationRequest.of(2, 1).withSampling(SamplingOptions.of("ddim", 2)));
        }
    }

    @Test
    void refusesWhatIsNoFirstStage() throws IOException {
        refuses(recipe(), "say which, or train one first");
        refuses(recipe().withFirstStage(folder.resolve("none").toString()), "There is no run directory");
        Path pictures = TinyRun.train(TinyRun.recipe(data, "train.epochs=1"), folder.resolve("pictures"), 3);
        refuses(recipe().withFirstStage(pictures.toString()), "system 'diffusion' has no codes");
        Recipe vectors = Recipes.load(
                        "faces-vae",
                        List.of(
                                "data.size=8",
                                "data.crop=0",
                                "model.channels=[4,8]",
                                "model.latent=5",
                                "train.epochs=1",
                                "preview.everySteps=0"))
                .withSource(data.toString());
        refuses(
                recipe().withFirstStage(TinyRun.train(vectors, folder.resolve("vectors"), 3)
                        .toString()),
                "vectors of 5 values");
        refuses(named("data.size=16"), "was trained on pictures of 8×8 with 3 channels");
        refuses(named("model.multipliers=[1,1,1,1]"), "The codes of the first stage are 2×4×4. U-Net");
        Path untrained = folder.resolve("untrained");
        TinyRun.start(stageRecipe(), untrained).close();
        refuses(recipe().withFirstStage(untrained.toString()), "has no checkpoint yet");
        assertThatThrownBy(() -> TinyRun.recipe(data).withFirstStage(stage.toString()))
                .hasMessageContaining("leave it out");
    }

    private void refuses(Recipe recipe, String message) {
        Path out = folder.resolve("refused");
        assertThatThrownBy(() -> TinyRun.start(recipe, out).close())
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
        assertThat(out).doesNotExist();
    }
}
