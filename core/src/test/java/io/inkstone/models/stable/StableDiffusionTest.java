package io.inkstone.models.stable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.InputException;
import io.inkstone.array.NdArray;
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
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StableDiffusionTest {
    @TempDir
    Path folder;

    private Path saved(PublishedCase published) throws IOException {
        return published.save(folder);
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

    /** What is asked for wrongly is said in one sentence, before anything is drawn. */
    @Test
    void saysWhatCannotBeDrawn() throws IOException {
        PublishedCase published = PublishedCase.named("sd1");
        StableFolder opened = StableFolder.of(saved(published), Optional.empty());
        Drawing drawing = drawing(published);
        try (StableDiffusion model = opened.open(Precision.FLOAT32)) {
            assertThatThrownBy(() -> model.draw(Drawing.of("a fox", 1, 0, 30, 33)))
                    .isInstanceOf(InputException.class)
                    .hasMessage(
                            "This model takes pictures whose height and width are divisible by 2, got 33×30 (width × height). The nearest is 34×30.");
            assertThatThrownBy(() -> model.draw(
                            Drawing.of("a fox", 1, 0, 32, 32).beside(NdArray.of(new float[256], 1, 1, 16, 16))))
                    .hasMessageContaining("takes no mask");
            assertThatThrownBy(() -> model.draw(drawing.from(NdArray.of(new float[2 * 4 * 8 * 8], 2, 4, 8, 8))))
                    .hasMessageContaining("expected shape [2, 4, 16, 16], got [2, 4, 8, 8]");
            assertThatThrownBy(() -> drawing.along(new Drawing.Way(2, Guidance.NONE, 0, SamplingListener.NONE)))
                    .hasMessageContaining("a weight of 1 is none");
        }
    }

    /** A picture is that of its seed, alone or beside others. */
    @Test
    void drawsAPictureBySeed() throws IOException {
        PublishedCase published = PublishedCase.named("sd2v");
        Drawing.Way way = new Drawing.Way(2, Guidance.of(3), 1, SamplingListener.NONE);
        try (StableDiffusion model =
                StableFolder.of(saved(published), Optional.empty()).open(Precision.FLOAT32)) {
            NdArray three = model.latents(Drawing.of("a fox", 3, 5, 16, 24).along(way));
            NdArray one = model.latents(Drawing.of("a fox", 1, 6, 16, 24).along(way));
            assertThat(one.shape()).containsExactly(1, 4, 8, 12);
            float[] second = three.rows(1, 1).toFloats();
            float[] alone = one.toFloats();
            for (int i = 0; i < alone.length; i++) {
                assertThat(Math.abs(alone[i] - second[i])).isLessThan(1e-4f);
            }
        }
    }

    @Test
    void namesWhatAFolderLacks() throws IOException {
        assertThatThrownBy(() -> StableFolder.of(folder, Optional.empty())).hasMessageContaining("no model_index.json");
        Files.writeString(folder.resolve("model_index.json"), "{\"_class_name\": \"StableDiffusionXLPipeline\"}");
        assertThatThrownBy(() -> StableFolder.of(folder, Optional.empty()))
                .hasMessageContaining("StableDiffusionXLPipeline, which cannot be drawn from yet");
        Files.writeString(folder.resolve("model_index.json"), "{\"_class_name\": \"StableDiffusionPipeline\"}");
        for (String part : List.of("unet", "vae", "tokenizer")) {
            Files.createDirectories(folder.resolve(part));
        }
        assertThatThrownBy(() -> StableFolder.of(folder, Optional.empty()))
                .hasMessageContaining("lacks text_encoder and scheduler");
    }

    /** Parts of two models do not draw together. */
    @Test
    void refusesPartsOfTwoModels() throws IOException {
        PublishedCase published = PublishedCase.named("sd1");
        saved(published);
        PublishedCase other = PublishedCase.named("sd2v");
        Files.writeString(folder.resolve("text_encoder/config.json"), other.config("text_encoder"));
        Safetensors.write(folder.resolve("text_encoder/model.safetensors"), other.weights("text_encoder"));
        long before = Scope.liveObjects();
        assertThatThrownBy(() -> StableFolder.of(folder, Optional.empty()).open(Precision.FLOAT32))
                .hasMessageContaining("told texts by 32 numbers a state and the text encoder gives 48");
        assertThat(Scope.liveObjects()).isEqualTo(before);
    }
}
