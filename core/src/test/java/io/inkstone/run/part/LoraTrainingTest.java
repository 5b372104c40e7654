package io.inkstone.run.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.array.NdArray;
import io.inkstone.condition.Condition;
import io.inkstone.layers.Initializer;
import io.inkstone.models.Model;
import io.inkstone.models.TinyTraining;
import io.inkstone.models.draw.Generation;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.models.stable.PublishedCase;
import io.inkstone.models.stable.StableLoras;
import io.inkstone.models.stable.StableModel;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.ChosenWeights;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.SavedRun;
import io.inkstone.run.TrainingRun;
import io.inkstone.run.TrainingStart;
import io.inkstone.run.checkpoint.CheckpointTensors;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Readback;
import io.inkstone.tensor.Scope;
import io.inkstone.train.Batch;
import io.inkstone.weights.NamePrefixes;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.layout.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Low-rank changes trained beside a tiny Stable Diffusion U-Net, which stays as it is. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoraTrainingTest {
    private static final int DRAWS = 12;

    private Path folder;
    private Path base;
    private Path data;
    private Path tuned;

    @BeforeAll
    void train(@TempDir Path shared) throws IOException {
        folder = shared;
        Path theirs = PublishedCase.named("sd1").save(Files.createDirectory(folder.resolve("theirs")));
        base = folder.resolve("base");
        try (StableImport given = StableImport.of(theirs, StableImport.shipped(), NamePrefixes.Which.UNSAID)) {
            given.save(base, "a folder", ComputeDevice.CPU);
        }
        data = StripedPictures.write(Files.createDirectory(folder.resolve("data")));
        tuned = folder.resolve("tuned");
        try (TrainingRun run = TrainingRun.start(recipe(), start(tuned))) {
            run.train(List.of());
            assertThat(run.trainer().position().step()).isEqualTo(40);
        }
    }

    private Recipe recipe(String... more) {
        List<String> overrides = new ArrayList<>(List.of(
                "model.lora.rank=4",
                "model.lora.alpha=8",
                "train.accumulate=1",
                "train.epochs=20",
                "train.saveEveryEpochs=10",
                "optimizer.rate=0.01",
                "preview.steps=1"));
        overrides.addAll(List.of(more));
        return Recipes.load("stable-diffusion", overrides).withSource(data.toString());
    }

    private TrainingStart start(Path out) {
        return new TrainingStart(out, Optional.of(base), ComputeDevice.CPU);
    }

    private static SavedRun open(Path run) {
        return SavedRun.open(run, SavedRun.Weights.EMA, ComputeDevice.CPU);
    }

    /** Mean over the same noise and levels. */
    private double loss(StableModel model) {
        try (Scope scope = Scope.open()) {
            Batch batch = StripedPictures.batch();
            double sum = 0;
            for (int i = 0; i < DRAWS; i++) {
                sum += Readback.number(TinyTraining.losses(model, batch, i).total());
            }
            return sum / DRAWS;
        }
    }

    @Test
    void whatStandsBesideTheNetworkIsCountedBeforehand() throws IOException {
        Recipe resolved;
        try (SavedRun run = open(tuned)) {
            resolved = run.recipe();
        }
        Path parts = base.resolve("parts");
        long expected = Files.size(parts.resolve("text_encoder/model.safetensors"))
                + Files.size(parts.resolve("vae/diffusion_pytorch_model.safetensors"));
        try (Scope scope = Scope.open();
                Model model = resolved.build(Initializer.shapesOnly())) {
            assertThat(StableRun.besideBytes(model)).isEqualTo(expected);
        }
    }

    @Test
    void theLossFallsAndOnlyChangesAreTrained() throws IOException {
        try (SavedRun before = open(base);
                SavedRun after = open(tuned)) {
            double first = loss((StableModel) before.model());
            double last = loss((StableModel) after.model());
            assertThat(last).as("from %s", first).isLessThan(0.9 * first);
            assertThat(WeightFile.read(after.file()).tensors().keySet())
                    .isNotEmpty()
                    .allMatch(name ->
                            name.matches("unet\\..*\\.attn[12]\\.(to_q|to_k|to_v|to_out\\.0)\\.lora_[AB]\\.weight"));
        }
        Path own = tuned.resolve("parts/unet/diffusion_pytorch_model.safetensors");
        assertThat(Files.isSameFile(own, new ChosenWeights(RunDirectory.existing(base), SavedRun.Weights.EMA).file()))
                .isTrue();
        assertThat(Parts.of(tuned).parts()).extracting(Parts.Part::name).containsExactly("text_encoder", "vae", "unet");
    }

    private static NdArray drawn(StableModel model) {
        GenerationRequest request = GenerationRequest.of(2, 3)
                .withConditions(List.of(Condition.text("stripes number 0"), Condition.text("stripes number 1")))
                .withSampling(SamplingOptions.of("ddim", 3));
        return new Generation(model, ComputeDevice.CPU, Precision.FLOAT32, 2).pictures(request);
    }

    /** What is exported is a LoRA file: merged into the model that it was trained on it draws what the run draws. */
    @Test
    void isExportedAsALoraFile() throws IOException {
        Path file = folder.resolve("lora.safetensors");
        try (SavedRun run = open(tuned);
                SavedRun merged = open(base);
                SavedRun plain = open(base)) {
            new WeightExport(run, Layout.INKSTONE).write(file);
            StableModel model = (StableModel) merged.model();
            assertThat(StableLoras.merge(model, List.of(StableLoras.Choice.parse(file.toString()))))
                    .isEmpty();
            float[] wanted = drawn((StableModel) run.model()).toFloats();
            float[] ours = drawn(model).toFloats();
            float[] before = drawn((StableModel) plain.model()).toFloats();
            double apart = 0;
            for (int i = 0; i < wanted.length; i++) {
                assertThat(ours[i]).isCloseTo(wanted[i], Offset.offset(2e-4f));
                apart = Math.max(apart, Math.abs(wanted[i] - before[i]));
            }
            assertThat(apart).isGreaterThan(0.01);
            assertThatThrownBy(() -> new StableExport(run).write(folder.resolve("exported")))
                    .hasMessageContaining("export them as a LoRA file");
        }
        assertThat(WeightFile.read(file).metadata().get("lora_adapter_metadata"))
                .contains("\"unet.r\":4", "\"unet.lora_alpha\":8.0", "\"to_out.0\"");
    }

    @Test
    void goesOnBitForBitAndFromChanges() throws IOException {
        Path stopped = folder.resolve("stopped");
        try (TrainingRun run = TrainingRun.start(recipe("train.epochs=10"), start(stopped))) {
            run.train(List.of());
        }
        // A recipe with more epochs has another schedule only where the schedule bends; here it is constant.
        try (TrainingRun more = TrainingRun.resume(stopped, List.of("train.epochs=20"), ComputeDevice.CPU)) {
            more.train(List.of());
        }
        CheckpointTensors.assertSame(
                stopped.resolve("checkpoints/step-000040"), tuned.resolve("checkpoints/step-000040"));
        Path further = folder.resolve("further");
        TrainingStart from = new TrainingStart(further, Optional.of(tuned), ComputeDevice.CPU);
        try (TrainingRun run = TrainingRun.start(recipe("optimizer.rate=1.0e-12", "train.epochs=1"), from)) {
            run.train(List.of());
        }
        Map<String, NdArray> first = WeightFile.read(
                        new ChosenWeights(RunDirectory.existing(tuned), SavedRun.Weights.EMA).file())
                .tensors();
        try (SavedRun saved = open(further)) {
            WeightFile.read(saved.file()).tensors().forEach((name, tensor) -> assertThat(tensor.toFloats())
                    .containsExactly(first.get(name).toFloats(), Offset.offset(1e-6f)));
        }
    }
}
