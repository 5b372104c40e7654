package io.inkstone.models.stable;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.data.SharedData;
import io.inkstone.diffusion.Guidance;
import io.inkstone.diffusion.SamplingListener;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.weights.Safetensors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StableDiffusionTest {
    @TempDir
    Path folder;

    /** A folder as it is published: configurations, weights of the formula, CLIP's vocabulary. */
    private Path saved(PublishedCase published) throws IOException {
        for (String part : List.of("unet", "vae", "text_encoder", "scheduler", "tokenizer")) {
            Files.createDirectories(folder.resolve(part));
        }
        for (String file : List.of(
                "model_index.json",
                "unet/config.json",
                "vae/config.json",
                "text_encoder/config.json",
                "scheduler/scheduler_config.json",
                "tokenizer/tokenizer_config.json")) {
            Files.copy(published.folder().resolve(file), folder.resolve(file));
        }
        String vocabulary = "bpe_simple_vocab_16e6.txt.gz";
        Files.copy(
                SharedData.path("clip").resolve(vocabulary),
                folder.resolve("tokenizer").resolve(vocabulary));
        Map<String, String> files = Map.of(
                "unet", "diffusion_pytorch_model.safetensors",
                "vae", "diffusion_pytorch_model.safetensors",
                "text_encoder", "model.safetensors");
        for (var file : files.entrySet()) {
            Safetensors.write(folder.resolve(file.getKey()).resolve(file.getValue()), published.weights(file.getKey()));
        }
        return folder;
    }

    private static Drawing drawing(PublishedCase published) {
        JsonNode settings = published.settings();
        return Drawing.of(
                        settings.get("prompt").asText(),
                        2,
                        7,
                        settings.get("height").asInt(),
                        settings.get("width").asInt())
                .avoiding(settings.get("negative").asText())
                .along(new Drawing.Way(
                        settings.get("steps").asInt(),
                        Guidance.of(settings.get("guidance").asDouble()),
                        0,
                        SamplingListener.NONE))
                .from(published.array("noise"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"sd1", "sd2v"})
    void drawsTheReferencePictures(String name) throws IOException {
        PublishedCase published = PublishedCase.named(name);
        StableFolder opened = StableFolder.of(saved(published), Optional.empty());
        try (StableDiffusion model = opened.open(Precision.FLOAT32);
                Scope scope = Scope.open()) {
            assertThat(model.side()).isEqualTo(32);
            StableDiffusion.Drawn drawn = model.draw(drawing(published));
            published.assertMatches(Tensors.of(drawn.latents()), "latents", 1e-4);
            published.assertMatches(Tensors.of(drawn.pictures()), "pictures", 1e-3);
        }
    }
}
