package io.inkstone.weights.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.array.NdArray;
import io.inkstone.weights.NamePrefixes.Which;
import io.inkstone.weights.StoredTensor;
import io.inkstone.weights.WeightSet;
import io.inkstone.weights.WeightSource;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against {@code compvis_names.txt.gz}, diffusers' own conversion of whole networks ({@code make_compvis_names.py}). */
class StableDiffusionFileTest {
    private static final String UNET = "model.diffusion_model.";
    private static final String BLOCK = "cond_stage_model.model.transformer.resblocks.";

    /** CompVis' names to diffusers' of one part. */
    private static Map<String, String> names(String part) throws IOException {
        Map<String, String> names = new LinkedHashMap<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(
                new GZIPInputStream(
                        StableDiffusionFileTest.class.getResourceAsStream("/io/inkstone/weights/compvis_names.txt.gz")),
                StandardCharsets.US_ASCII))) {
            lines.lines()
                    .map(line -> line.split(" "))
                    .filter(line -> line[0].equals(part))
                    .forEach(line -> names.put(line[1], line[2]));
        }
        return names;
    }

    /** A file with one number a tensor, but for the two whose shapes say what it is. */
    private static Map<String, NdArray> file(int channels, int context) throws IOException {
        Map<String, NdArray> tensors = new LinkedHashMap<>();
        for (String name : names("unet").keySet()) {
            tensors.put(UNET + name, NdArray.of(new float[] {tensors.size()}, 1));
        }
        tensors.put(UNET + "input_blocks.0.0.weight", NdArray.of(new float[channels], 1, channels, 1, 1));
        tensors.put(
                UNET + "input_blocks.1.1.transformer_blocks.0.attn2.to_k.weight",
                NdArray.of(new float[context], 1, context));
        return tensors;
    }

    private static StableDiffusionFile opened(Map<String, NdArray> tensors, Map<String, String> metadata) {
        return StableDiffusionFile.of(WeightSource.of(new WeightSet(tensors, metadata, List.of())));
    }

    @ParameterizedTest
    @ValueSource(strings = {"unet", "small"})
    void namesOfTheUnetInBothDirections(String part) throws IOException {
        Map<String, String> names = names(part);
        UnetNames theirs = UnetNames.of(names.keySet());
        UnetNames own = UnetNames.of(Map.copyOf(inverse(names)).keySet());
        names.forEach((compvis, diffusers) -> {
            assertThat(theirs.diffusers(compvis)).isEqualTo(diffusers);
            assertThat(own.compvis(diffusers)).isEqualTo(compvis);
        });
        assertThat(names).hasSize(part.equals("unet") ? 686 : 208);
        assertThat(theirs.diffusers("foreign.weight")).isEqualTo("foreign.weight");
    }

    private static Map<String, String> inverse(Map<String, String> names) {
        Map<String, String> inverse = new LinkedHashMap<>();
        names.forEach((from, to) -> inverse.put(to, from));
        return inverse;
    }

    @Test
    void theUnetAndItsAverage() throws IOException {
        Map<String, NdArray> tensors = file(4, 768);
        Map<String, NdArray> all = new LinkedHashMap<>(tensors);
        tensors.keySet()
                .forEach(name -> all.put(
                        "model_ema." + name.substring("model.".length()).replace(".", ""),
                        NdArray.of(new float[] {-1}, 1)));
        StableDiffusionFile file = opened(all, Map.of());
        assertThat(file.facts())
                .isEqualTo(new StableDiffusionFile.Facts(
                        StableDiffusionFile.Version.ONE,
                        4,
                        java.util.Optional.of(StableDiffusionFile.Prediction.EPSILON),
                        true));
        WeightSource unet = file.unet(Which.UNSAID);
        assertThat(unet.tensors()).containsOnlyKeys(names("unet").values());
        assertThat(unet.notes()).singleElement().asString().contains("an import can take that");
        String name = "mid_block.resnets.0.conv1.weight";
        assertThat(unet.tensors().get(name).array()).isEqualTo(tensors.get(UNET + "middle_block.0.in_layers.2.weight"));
        assertThat(file.unet(Which.AVERAGE).tensors().get(name).array().toFloats())
                .containsExactly(-1);
        assertThat(file.beside()).hasValueSatisfying(said -> assertThat(said).contains("686 tensors", "model_ema.*"));
        assertThatThrownBy(() -> opened(tensors, Map.of()).unet(Which.AVERAGE)).hasMessageContaining("no averaged");
    }

    @Test
    void theFirstStageWithAttentionAsLinearLayers() throws IOException {
        Map<String, NdArray> tensors = file(9, 768);
        for (String name : names("vae").keySet()) {
            boolean wide = name.contains(".attn_1.") && !name.contains("norm") && name.endsWith("weight");
            tensors.put(
                    "first_stage_model." + name,
                    NdArray.of(new float[1], wide ? new long[] {1, 1, 1, 1} : new long[] {1}));
        }
        tensors.put("first_stage_model.loss.logvar", NdArray.of(new float[1], 1));
        StableDiffusionFile file = opened(tensors, Map.of());
        assertThat(file.facts().inpaints()).isTrue();
        WeightSource vae = file.vae();
        assertThat(vae.tensors()).containsOnlyKeys(names("vae").values());
        assertThat(vae.tensors()
                        .get("decoder.mid_block.attentions.0.to_out.0.weight")
                        .shape())
                .containsExactly(1, 1);
        assertThatThrownBy(() -> opened(file(4, 768), Map.of()).vae()).hasMessageContaining("no first stage");
    }

    @Test
    void theTextEncoderOfTheFirstVersionHasItsNames() throws IOException {
        Map<String, NdArray> tensors = file(4, 768);
        String prefix = "cond_stage_model.transformer.text_model.";
        tensors.put(prefix + "embeddings.position_ids", NdArray.of(new long[] {0, 1}, 1, 2));
        tensors.put(prefix + "final_layer_norm.bias", NdArray.of(new float[1], 1));
        assertThat(opened(tensors, Map.of()).textEncoder().tensors())
                .containsOnlyKeys("text_model.final_layer_norm.bias");
    }

    /** Query, key and value are one tensor there; the last layer is not drawn from. */
    @Test
    void theTextEncoderOfTheSecondVersionIsSplit() throws IOException {
        Map<String, NdArray> tensors = file(4, 1024);
        Map<String, NdArray> open = new LinkedHashMap<>();
        for (int layer = 0; layer < 3; layer++) {
            float[] fused = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
            open.put(BLOCK + layer + ".attn.in_proj_weight", NdArray.of(fused, 6, 2));
            open.put(BLOCK + layer + ".attn.in_proj_bias", NdArray.of(new float[] {0, 1, 2, 3, 4, 5}, 6));
            for (String name : List.of("attn.out_proj", "ln_1", "ln_2", "mlp.c_fc", "mlp.c_proj")) {
                open.put(BLOCK + layer + "." + name + ".weight", NdArray.of(new float[] {layer}, 1));
            }
        }
        open.put("cond_stage_model.model.positional_embedding", NdArray.of(new float[] {7}, 1));
        open.put("cond_stage_model.model.text_projection", NdArray.of(new float[1], 1));
        tensors.putAll(open);
        StableDiffusionFile file = opened(tensors, Map.of());
        assertThat(file.facts().version()).isEqualTo(StableDiffusionFile.Version.TWO);
        Map<String, StoredTensor> text = file.textEncoder().tensors();
        assertThat(text).hasSize(2 * 11 + 1);
        String attention = "text_model.encoder.layers.1.self_attn.";
        assertThat(text.get(attention + "k_proj.weight").array().toFloats()).containsExactly(4, 5, 6, 7);
        assertThat(text.get(attention + "v_proj.bias").array().toFloats()).containsExactly(4, 5);
        assertThat(text.get("text_model.encoder.layers.1.mlp.fc2.weight")
                        .array()
                        .toFloats())
                .containsExactly(1);
        assertThat(text.get("text_model.embeddings.position_embedding.weight")
                        .array()
                        .toFloats())
                .containsExactly(7);
        assertThat(file.textEncoder().notes()).singleElement().asString().contains("last of 3 layers", "8 tensors");
        Map<String, StoredTensor> back = TextEncoderNames.toOpenClip(text);
        List<String> expected = new ArrayList<>(open.keySet());
        expected.removeIf(name -> name.contains("resblocks.2.") || name.endsWith("text_projection"));
        assertThat(back.keySet())
                .containsExactlyInAnyOrderElementsOf(expected.stream()
                        .map(name -> name.substring("cond_stage_model.model.".length()))
                        .toList());
        assertThat(back.get("transformer.resblocks.0.attn.in_proj_weight").array())
                .isEqualTo(open.get(BLOCK + "0.attn.in_proj_weight"));
    }

    /** Both kinds of 2.x have the same names and shapes: only words beside them tell. */
    @Test
    void whatTheSecondVersionPredictsIsNotGuessed() throws IOException {
        Map<String, NdArray> two = file(4, 1024);
        assertThat(opened(two, Map.of()).facts().prediction()).isEmpty();
        assertThat(opened(two, Map.of("modelspec.prediction_type", "v")).facts().prediction())
                .contains(StableDiffusionFile.Prediction.V);
        assertThat(opened(two, Map.of("modelspec.prediction_type", "epsilon"))
                        .facts()
                        .prediction())
                .contains(StableDiffusionFile.Prediction.EPSILON);
        two.put("v_pred", NdArray.of(new float[0], 0));
        assertThat(opened(two, Map.of()).facts().prediction()).contains(StableDiffusionFile.Prediction.V);
    }

    @ParameterizedTest
    @CsvSource({
        "conditioner.embedders.0.transformer.text_model.final_layer_norm.bias, Stable Diffusion XL",
        "model.diffusion_model.label_emb.0.0.weight, Stable Diffusion XL",
        "model.diffusion_model.joint_blocks.0.x_block.attn.qkv.weight, Stable Diffusion 3",
        "double_blocks.0.img_attn.qkv.weight, FLUX",
    })
    void whatCannotBeOpenedYetIsNamed(String name, String family) {
        Map<String, NdArray> tensors = Map.of(name, NdArray.of(new float[1], 1));
        assertThat(StableDiffusionFile.recognises(tensors.keySet())).isTrue();
        assertThatThrownBy(() -> opened(tensors, Map.of()))
                .hasMessageContaining(family)
                .hasMessageContaining("yet");
    }

    @Test
    void otherFilesAreRefused() throws IOException {
        assertThat(StableDiffusionFile.recognises(
                        List.of("encoder.0.weight").stream().collect(java.util.stream.Collectors.toSet())))
                .isFalse();
        assertThatThrownBy(() -> opened(file(5, 1024), Map.of())).hasMessageContaining("depth");
        assertThatThrownBy(() -> opened(Map.of("a", NdArray.of(new float[1], 1)), Map.of()))
                .hasMessageContaining("lacks model.diffusion_model.input_blocks.0.0.weight");
    }
}
