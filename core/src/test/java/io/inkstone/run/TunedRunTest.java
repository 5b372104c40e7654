package io.inkstone.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.models.Generates;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.models.draw.SamplingProtocol;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.checkpoint.CheckpointTensors;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Tensors;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Consistency tuning of a trained run: whose network it is, and how it draws afterwards. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TunedRunTest {
    private Path folder;
    private Path data;
    private Path teacher;

    @BeforeAll
    void trainATeacher(@TempDir Path shared) throws IOException {
        folder = shared;
        data = TinyRun.data(folder);
        teacher = TinyRun.train(
                TinyRun.recipe(
                        data,
                        "train.epochs=1",
                        "diffusion.path=edm",
                        "diffusion.target=edm",
                        "ema.halfLifePictures=50"),
                folder.resolve("teacher"));
    }

    private Recipe few(String... more) {
        List<String> overrides = new ArrayList<>(List.of(
                "train.batch=10",
                "train.epochs=2",
                "objective.batchesPerStage=5",
                "preview.everySteps=0",
                "preview.count=2"));
        overrides.addAll(List.of(more));
        return Recipes.load("sprites-few", overrides).withSource(data.toString());
    }

    private static TrainingRun start(Recipe recipe, Path out, Path from) {
        return TrainingRun.start(recipe, new TrainingStart(out, Optional.ofNullable(from), ComputeDevice.CPU));
    }

    @Test
    void takesNetworkNoiseAndWeightsOfTheRun() {
        try (SavedRun trained = SavedRun.open(teacher, SavedRun.Weights.EMA, ComputeDevice.CPU);
                TrainingRun run = start(few(), folder.resolve("begun"), teacher)) {
            Map<String, Tensor> theirs = trained.model().network().state();
            run.model().network().state().forEach((name, tensor) -> assertThat(Tensors.toFloats(tensor))
                    .as(name)
                    .containsExactly(Tensors.toFloats(theirs.get(name))));
            String yaml = Recipes.print(run.recipe());
            assertThat(yaml)
                    .contains("width: 8", "path: edm", "target: edm", "levels: log-normal-wide", "name: consistency");
        }
    }

    /** To the end and, stopped and resumed, to the same bytes; then by its own sampler unless told otherwise. */
    @Test
    void drawsInTwoStepsUnlessToldOtherwise() throws IOException {
        Path run = folder.resolve("few");
        try (TrainingRun training = start(few(), run, teacher)) {
            training.train(List.of());
        }
        Path stopped = folder.resolve("stopped");
        try (TrainingRun training = start(few(), stopped, teacher)) {
            training.train(List.of(TinyRun.stopping(23)));
        }
        TinyRun.resume(stopped);
        CheckpointTensors.assertSame(TinyRun.checkpoint(stopped, 40), TinyRun.checkpoint(run, 40));
        try (SavedRun saved = SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            Generates model = saved.generates();
            assertThat(SamplingProtocol.of(model, SamplingOptions.DEFAULT))
                    .isEqualTo("consistency, 2 steps, grid uniform, guidance 1");
            assertThat(model.steps(SamplingOptions.of("ddim", 5))).isEqualTo(5);
            Generation generation = new Generation(model, ComputeDevice.CPU, Precision.FLOAT32, 4);
            GenerationRequest request = GenerationRequest.grid(2, 2, 7);
            float[] own = generation.pictures(request).toFloats();
            assertThat(own)
                    .containsExactly(generation
                            .pictures(request.withSampling(SamplingOptions.of("consistency", 2)))
                            .toFloats())
                    .isNotEqualTo(generation
                            .pictures(request.withSampling(SamplingOptions.of("consistency", 1)))
                            .toFloats());
        }
    }

    @Test
    void saysWhatItNeeds() {
        Path out = folder.resolve("refused");
        assertThatThrownBy(() -> start(few(), out, null))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("say which, such as");
        assertThatThrownBy(() -> start(few("model.width=16"), out, teacher))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("leave the keys of model out");
        Path stage = TinyRun.train(TinyRun.autoencoder(data), folder.resolve("stage"));
        assertThatThrownBy(() -> start(few(), out, stage))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is of system 'autoencoder', and this recipe tunes runs of 'diffusion'");
        Path weights = TinyRun.checkpoint(teacher, 20).resolve("weights.safetensors");
        assertThatThrownBy(() -> start(few(), out, weights))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is no run");
        assertThat(out).doesNotExist();
    }

    /** Codes are tuned alike, of the same first stage. */
    @Test
    void tunesCodesOfTheSameFirstStage() {
        Path stage = TinyRun.train(TinyRun.autoencoder(data), folder.resolve("codes"));
        Path latent = TinyRun.train(
                TinyRun.latent(data, "train.epochs=1").withFirstStage(stage.toString()), folder.resolve("latent"));
        Recipe recipe = Recipes.load(
                        "faces-latent-few",
                        List.of("train.batch=10", "train.epochs=1", "preview.everySteps=0", "preview.count=2"))
                .withSource(data.toString());
        try (TrainingRun run = start(recipe, folder.resolve("latent-few"), latent)) {
            run.train(List.of());
        }
        try (SavedRun saved = SavedRun.open(folder.resolve("latent-few"), SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            Generation generation = new Generation(saved.generates(), ComputeDevice.CPU, Precision.FLOAT32, 4);
            assertThat(generation.pictures(GenerationRequest.grid(2, 1, 3)).shape())
                    .containsExactly(2, 3, 8, 8);
            assertThat(saved.generates().steps(SamplingOptions.DEFAULT)).isEqualTo(2);
        }
    }
}
