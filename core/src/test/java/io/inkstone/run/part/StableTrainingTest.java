package io.inkstone.run.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.array.NdArray;
import io.inkstone.models.stable.PublishedCase;
import io.inkstone.models.stable.StableLoras;
import io.inkstone.models.stable.StableModel;
import io.inkstone.recipe.Recipe;
import io.inkstone.recipe.Recipes;
import io.inkstone.run.SavedRun;
import io.inkstone.run.TrainingRun;
import io.inkstone.run.TrainingStart;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.weights.NamePrefixes;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.WeightFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StableTrainingTest {
    private static final String QUERY = "mid_block.attentions.0.transformer_blocks.0.attn2.to_q.weight";

    @TempDir
    Path folder;

    private Path run() throws IOException {
        Path theirs = PublishedCase.named("sd1").save(Files.createDirectory(folder.resolve("theirs")));
        Path out = folder.resolve("run");
        try (StableImport given = StableImport.of(theirs, StableImport.shipped(), NamePrefixes.Which.UNSAID)) {
            given.save(out, "a folder", ComputeDevice.CPU);
        }
        return out;
    }

    private Path captioned() throws IOException {
        return StripedPictures.write(Files.createDirectory(folder.resolve("data")));
    }

    private Map<String, NdArray> trained(Path from, Path data, boolean checkpointing) throws IOException {
        Recipe recipe = Recipes.load(
                        "stable-diffusion",
                        List.of(
                                // What is computed twice rounds alike in float32 alone.
                                "train.precision=float32",
                                "train.accumulate=1",
                                "optimizer.rate=0.001",
                                "preview.steps=1",
                                "model.checkpointing=" + checkpointing))
                .withSource(data.toString());
        Path out = folder.resolve("tuned-" + checkpointing);
        try (TrainingRun run =
                TrainingRun.start(recipe, new TrainingStart(out, Optional.of(from), ComputeDevice.CPU))) {
            run.train(List.of());
            assertThat(run.trainer().position().step()).isEqualTo(2);
        }
        try (SavedRun saved = SavedRun.open(out, SavedRun.Weights.EMA, ComputeDevice.CPU)) {
            assertThat(saved.model()).isInstanceOf(StableModel.class);
            return WeightFile.read(saved.file()).tensors();
        }
    }

    /** Two steps change the U-Net alike, whether blocks are computed twice or not, and share the parts. */
    @Test
    void tunesTheUnet() throws IOException {
        Path from = run();
        Path data = captioned();
        Map<String, NdArray> plain = trained(from, data, false);
        Map<String, NdArray> recomputed = trained(from, data, true);
        float[] before =
                PublishedCase.named("sd1").weights("unet").tensors().get(QUERY).toFloats();
        float[] after = plain.get(QUERY).toFloats();
        float[] twice = recomputed.get(QUERY).toFloats();
        double moved = 0;
        for (int i = 0; i < before.length; i++) {
            moved = Math.max(moved, Math.abs(after[i] - before[i]));
            assertThat(Math.abs(after[i] - twice[i])).isLessThan(1e-4f);
        }
        assertThat(moved).isGreaterThan(5e-4);
        String vae = "parts/vae/diffusion_pytorch_model.safetensors";
        assertThat(Files.isSameFile(
                        from.resolve(vae), folder.resolve("tuned-true").resolve(vae)))
                .isTrue();
        assertThat(Parts.of(folder.resolve("tuned-true"))).isEqualTo(Parts.of(from));
    }

    @Test
    void saysThatItNeedsAModelToStartFrom() throws IOException {
        Recipe recipe = Recipes.load("stable-diffusion", List.of());
        assertThatThrownBy(() -> TrainingRun.start(
                        recipe, new TrainingStart(folder.resolve("out"), Optional.empty(), ComputeDevice.CPU)))
                .hasMessageContaining("say which, or make a run of one first");
    }

    /** The weight becomes W + strength · alpha/rank · up·down; a file for another model changes nothing. */
    @Test
    void mergesLowRankChanges() throws IOException {
        Path from = run();
        try (SavedRun saved = SavedRun.open(from, SavedRun.Weights.EMA, ComputeDevice.CPU);
                Scope scope = Scope.open()) {
            StableModel model = (StableModel) saved.model();
            float[] before = Tensors.toFloats(model.network().state().get(QUERY));
            int width = (int) model.network().state().get(QUERY).size(0);
            Path lora = folder.resolve("lora.safetensors");
            Map<String, NdArray> pairs = new LinkedHashMap<>();
            String key = "lora_unet_mid_block_attentions_0_transformer_blocks_0_attn2_to_q.";
            float[] ones = new float[width];
            java.util.Arrays.fill(ones, 1);
            pairs.put(key + "lora_down.weight", NdArray.of(ones, 1, width));
            pairs.put(key + "lora_up.weight", NdArray.of(ones, width, 1));
            pairs.put(key + "alpha", NdArray.of(new float[] {0.5f}, 1));
            pairs.put("lora_unet_foreign.lora_down.weight", NdArray.of(ones, 1, width));
            Safetensors.write(lora, pairs, Map.of());
            List<String> notes = StableLoras.merge(model, List.of(StableLoras.Choice.parse(lora + "=0.8")));
            assertThat(notes).singleElement().asString().contains("lora_unet_foreign.lora_down.weight");
            float[] after = Tensors.toFloats(model.network().state().get(QUERY));
            for (int i = 0; i < after.length; i++) {
                assertThat(after[i]).isCloseTo(before[i] + 0.4f, org.assertj.core.data.Offset.offset(1e-6f));
            }
            pairs.keySet().removeIf(name -> !name.contains("foreign"));
            Safetensors.write(lora, pairs, Map.of());
            assertThatThrownBy(() -> StableLoras.merge(model, List.of(StableLoras.Choice.parse(lora.toString()))))
                    .hasMessageContaining("no low-rank pair that fits this model");
        }
    }
}
