package io.inkstone.models.stable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.array.NdArray;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.models.autoencoder.AutoencoderShape;
import io.inkstone.models.autoencoder.PublishedAutoencoder;
import io.inkstone.models.clip.ClipTextEncoder;
import io.inkstone.models.clip.ClipTextShape;
import io.inkstone.models.conditional.ConditionalConfig;
import io.inkstone.models.conditional.ConditionalShape;
import io.inkstone.models.conditional.ConditionalUnet;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.weights.NamePrefixes.Which;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.layout.CompvisFile;
import io.inkstone.weights.layout.StableDiffusionFile.Prediction;
import io.inkstone.weights.layout.StableDiffusionFile.Version;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StableFileTest {
    @TempDir
    Path folder;

    private static Map<String, long[]> shapes(Layer layer, String prefix) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        layer.state().forEach((name, tensor) -> shapes.put(prefix + name, tensor.shape()));
        return shapes;
    }

    /** Shapes and version together give the configurations of the published models. */
    @Test
    void readsThePublishedConfigurationsOffTheShapes() {
        try (Scope scope = Scope.open()) {
            StableFileConfigs one = new StableFileConfigs(Version.ONE, Prediction.EPSILON);
            StableFileConfigs two = new StableFileConfigs(Version.TWO, Prediction.V);
            ConditionalUnet first = new ConditionalUnet(Initializer.shapesOnly(), ConditionalShape.one());
            ConditionalUnet second = new ConditionalUnet(Initializer.shapesOnly(), ConditionalShape.two());
            assertThat(ConditionalConfig.parse(one.unet(shapes(first, "")))).isEqualTo(ConditionalShape.one());
            assertThat(ConditionalConfig.parse(two.unet(shapes(second, "")))).isEqualTo(ConditionalShape.two());
            ClipTextEncoder large = new ClipTextEncoder(Initializer.shapesOnly(), ClipTextShape.large());
            ClipTextEncoder huge = new ClipTextEncoder(Initializer.shapesOnly(), ClipTextShape.huge());
            assertThat(ClipTextShape.parse(one.textEncoder(shapes(large, "text_model."))))
                    .isEqualTo(ClipTextShape.large());
            assertThat(ClipTextShape.parse(two.textEncoder(shapes(huge, "text_model."))))
                    .isEqualTo(ClipTextShape.huge());
        }
    }

    private Path saved(PublishedCase published) throws IOException {
        Path file = folder.resolve("model.safetensors");
        Safetensors.write(
                file,
                CompvisFile.of(published.weights("unet"), published.weights("vae"), published.weights("text_encoder")),
                Map.of());
        return file;
    }

    /** Every weight of the file arrives in its network. */
    @Test
    void fillsAllThreeNetworks() throws IOException {
        PublishedCase published = PublishedCase.named("sd1");
        try (StableSource source = StableFile.open(saved(published), Optional.empty(), Which.UNSAID);
                StableModel model = source.model();
                Scope scope = Scope.open()) {
            assertEqual(model.network().state(), published.weights("unet").tensors(), "");
            assertThat(model.parts().coder()).isInstanceOf(LatentCoder.Moments.class);
            assertThat(PublishedAutoencoder.parse(
                                    source.weights().get(StableSource.Part.VAE).config())
                            .shape())
                    .extracting(AutoencoderShape::width, AutoencoderShape::multipliers, AutoencoderShape::latent)
                    .containsExactly(32, java.util.List.of(1, 2), 4);
            assertThat(model.parts().tokenizer().ids("a fox")).startsWith(49406, 320, 3240, 49407);
            assertThat(model.network().parameterCount())
                    .isEqualTo(published.weights("unet").tensors().values().stream()
                            .mapToLong(NdArray::count)
                            .sum());
        }
    }

    private static void assertEqual(Map<String, Tensor> own, Map<String, NdArray> file, String prefix) {
        own.forEach((name, tensor) -> assertThat(Tensors.toFloats(tensor))
                .as(name)
                .isEqualTo(file.get(prefix + name).toFloats()));
    }

    @Test
    void refusesWhatThereIsNoMemoryFor() throws IOException {
        PublishedCase published = PublishedCase.named("sd1");
        try (StableSource source = StableFile.open(saved(published), Optional.empty(), Which.UNSAID)) {
            source.requireRoom(OptionalLong.of(1000));
            assertThatThrownBy(() -> source.requireRoom(OptionalLong.of(5)))
                    .hasMessageContaining("need 12 MB of memory, and 5 MB are free")
                    .hasMessageContaining("float16");
        }
    }

    /** A bare 2.x file does not say what its U-Net answers; whoever knows says it. */
    @Test
    void asksWhatABareFileLeavesOut() throws IOException {
        PublishedCase published = PublishedCase.named("sd2v");
        Map<String, NdArray> tensors =
                CompvisFile.of(published.weights("unet"), published.weights("vae"), published.weights("text_encoder"));
        tensors.put("cond_stage_model.model.logit_scale", NdArray.of(new float[] {1}, 1));
        Path file = folder.resolve("two.safetensors");
        Safetensors.write(file, tensors, Map.of());
        assertThatThrownBy(() -> StableFile.open(file, Optional.empty(), Which.UNSAID))
                .hasMessageContaining("model.prediction epsilon")
                .hasMessageContaining("or v_prediction");
        try (StableSource source = StableFile.open(file, Optional.of(Prediction.V), Which.UNSAID)) {
            assertThat(source.scheduler()).contains("v_prediction").contains("DDIMScheduler");
            assertThat(source.tokenizer().pad()).isZero();
        }
    }
}
