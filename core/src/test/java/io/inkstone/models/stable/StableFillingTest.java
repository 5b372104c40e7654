package io.inkstone.models.stable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.condition.Condition;
import io.inkstone.golden.Golden;
import io.inkstone.layers.Layer;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.models.draw.SamplingOptions;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that sees mask and kept part, nine input channels, beside the inpainting pipeline of diffusers. */
class StableFillingTest {
    private static final int SIDE = 32;

    @TempDir
    Path folder;

    /** The small case with a U-Net of nine input channels. */
    private Path saved(PublishedCase published) throws IOException {
        published.save(folder);
        Path unet = folder.resolve("unet");
        Path config = unet.resolve("config.json");
        Files.writeString(config, Files.readString(config).replace("\"in_channels\": 4", "\"in_channels\": 9"));
        Map<String, NdArray> weights =
                new LinkedHashMap<>(published.weights("unet").tensors());
        long number = published.settings().get("bases").get("unet").asLong()
                + List.copyOf(weights.keySet()).indexOf("conv_in.weight");
        long[] shape = weights.get("conv_in.weight").shape();
        shape[1] = 9;
        weights.put("conv_in.weight", NdArray.of(FormulaWeights.values("conv_in.weight", number, shape), shape));
        Safetensors.write(unet.resolve(StableSource.Part.UNET.file()), WeightSet.of(weights));
        return folder;
    }

    private static NdArray reference() throws IOException {
        try (InputStream in = Golden.class.getResourceAsStream("inpainting/latents.npy")) {
            return Npy.read(in, "latents.npy", 1 << 20);
        }
    }

    private static Tensor mask() {
        float[] values = new float[SIDE * SIDE];
        for (int y = 8; y < 24; y++) {
            java.util.Arrays.fill(values, SIDE * y + 4, SIDE * y + 20, 1);
        }
        return Tensors.of(values, 1, 1, SIDE, SIDE);
    }

    @Test
    void drawsTheReferenceLatents() throws IOException {
        PublishedCase published = PublishedCase.named("sd1");
        NdArray noise = published.array("noise").rows(0, 1);
        String prompt = published.settings().get("prompt").asText();
        GenerationRequest request = GenerationRequest.of(1, 0)
                .withConditions(List.of(Condition.text(prompt)))
                .withStart(noise)
                .withSampling(SamplingOptions.of(Optional.empty(), Optional.empty(), OptionalInt.of(5)));
        try (StableSource source =
                        StableFolder.of(saved(published), Optional.empty()).source();
                StableModel model = source.model();
                Scope scope = Scope.open()) {
            assertThatThrownBy(() -> model.latents(request))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("it wants a picture and a mask");
            Tensor picture =
                    Tensors.of(FormulaWeights.values("embedding.picture", 9000, 1, 3, SIDE, SIDE), 1, 3, SIDE, SIDE);
            Tensor open = mask().gt(new Scalar(0.5));
            Tensor places = mask().slice(
                            2, new org.bytedeco.pytorch.LongOptional(0), new org.bytedeco.pytorch.LongOptional(SIDE), 2)
                    .slice(3, new org.bytedeco.pytorch.LongOptional(0), new org.bytedeco.pytorch.LongOptional(SIDE), 2)
                    .gt(new Scalar(0.5));
            float[] drawn = Layer.evaluating(() -> {
                StableModel filling =
                        (StableModel) model.filling(picture, open, places).orElseThrow();
                return Tensors.toFloats(filling.latents(request));
            });
            float[] wanted = reference().toFloats();
            double largest = 0;
            double apart = 0;
            for (int i = 0; i < wanted.length; i++) {
                largest = Math.max(largest, Math.abs(wanted[i]));
                apart = Math.max(apart, Math.abs(wanted[i] - drawn[i]));
            }
            assertThat(drawn).hasSameSizeAs(wanted);
            assertThat(apart / largest).isLessThan(1e-4);
        }
    }
}
