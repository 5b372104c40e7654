package io.inkstone.weights.lora;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.array.NdArray;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import io.inkstone.weights.StoredTensor;
import io.inkstone.weights.WeightSet;
import io.inkstone.weights.WeightSource;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files as diffusers, peft and kohya's trainer spell them; {@code make_lora.py} wrote them and what diffusers fuses. */
class LoraFileTest {
    private static Path file(String name) {
        try {
            return Path.of(LoraFileTest.class.getResource(name).toURI());
        } catch (URISyntaxException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static List<String[]> sums() throws IOException {
        return Files.readAllLines(file("sums.txt")).stream()
                .map(line -> line.split(" "))
                .toList();
    }

    private static long[] shape(String[] line) {
        return Arrays.stream(line[1].split("x")).mapToLong(Long::parseLong).toArray();
    }

    private static LoraModules modules() throws IOException {
        Map<String, long[]> unet = new LinkedHashMap<>();
        for (String[] line : sums()) {
            unet.put(line[0] + ".weight", shape(line));
        }
        return new LoraModules(unet, Map.of("encoder.layers.0.self_attn.q_proj.weight", new long[] {8, 8}));
    }

    /** Without an alpha the scale is 1 where the pairs were trained with 2 and, of one module, 3. */
    @ParameterizedTest
    @CsvSource({"peft, 32, 1, 0", "kohya, 32, 1, 2", "no_alpha, 32, 2, 0", "old, 16, 2, 0"})
    void changesAreThoseThatDiffusersFuses(String name, int count, double less, int unknown) throws IOException {
        try (Scope scope = Scope.open();
                WeightSource source = WeightSource.open(file(name + ".safetensors"))) {
            LoraFile lora = LoraFile.read(source, modules());
            assertThat(lora.unet()).hasSize(count);
            assertThat(lora.unknown()).hasSize(unknown);
            for (String[] line : sums()) {
                LowRank pair = lora.unet().get(line[0]);
                if (pair == null) {
                    continue;
                }
                boolean thrice = line[0].equals("mid_block.attentions.0.proj_in");
                Tensor weight = Tensors.zeros(shape(line));
                pair.addTo(weight, less == 1 ? 1 : thrice ? 3 : less);
                assertThat(sum(weight)).as(line[0]).isCloseTo(Double.parseDouble(line[2]), within(2e-5));
                assertThat(pair.rank()).isEqualTo(thrice ? 2 : 4);
            }
        }
    }

    private static double sum(Tensor weight) {
        float[] values = Tensors.toFloats(weight);
        double sum = 0;
        for (int i = 0; i < values.length; i++) {
            sum += values[i] * Math.sin(i);
        }
        return sum;
    }

    @Test
    void everyKeyThatFitsNothingIsNamed() throws IOException {
        try (WeightSource source = WeightSource.open(file("kohya.safetensors"))) {
            LoraFile lora = LoraFile.read(source, modules());
            assertThat(lora.unknown())
                    .containsExactlyInAnyOrder(
                            "lora_unet_foreign_block.lora_down.weight",
                            "lora_te_text_model_encoder_layers_0_self_attn_q_proj.hada_w1_a");
            assertThat(lora.warning()).contains("2 of its tensors fit nothing", "hada_w1_a");
        }
    }

    private static LoraFile read(Map<String, NdArray> tensors, Map<String, String> metadata) throws IOException {
        return LoraFile.read(WeightSource.of(new WeightSet(tensors, metadata, List.of())), modules());
    }

    private static NdArray ones(long... shape) {
        float[] values = new float[Math.toIntExact(Arrays.stream(shape).reduce(1, (a, b) -> a * b))];
        Arrays.fill(values, 1);
        return NdArray.of(values, shape);
    }

    /** The prefix of the encoder's names differs between years; both kinds of file fit both kinds of network. */
    @ParameterizedTest
    @CsvSource({
        "lora_te_text_model_encoder_layers_0_self_attn_q_proj.lora_down.weight, lora_te_text_model_encoder_layers_0_self_attn_q_proj.lora_up.weight",
        "text_encoder.text_model.encoder.layers.0.self_attn.q_proj.lora_A.weight, text_encoder.text_model.encoder.layers.0.self_attn.q_proj.lora_B.weight",
        "text_encoder.encoder.layers.0.self_attn.q_proj.lora_linear_layer.down.weight, text_encoder.encoder.layers.0.self_attn.q_proj.lora_linear_layer.up.weight",
    })
    void theTextEncodersNames(String down, String up) throws IOException {
        LoraFile lora = read(Map.of(down, ones(2, 8), up, ones(8, 2)), Map.of());
        assertThat(lora.textEncoder()).containsOnlyKeys("encoder.layers.0.self_attn.q_proj");
        assertThat(lora.textEncoder().values()).first().satisfies(pair -> assertThat(pair.scale())
                .isOne());
    }

    @Test
    void scalesOfAnAdaptersHeader() throws IOException {
        String module = "unet.down_blocks.0.attentions.0.proj_in";
        Map<String, NdArray> pair =
                Map.of(module + ".lora_A.weight", ones(4, 8), module + ".lora_B.weight", ones(8, 4));
        assertThat(scale(pair, "{\"unet.lora_alpha\": 6}")).isEqualTo(1.5);
        assertThat(scale(pair, "{\"unet.lora_alpha\": 6, \"unet.use_rslora\": true}"))
                .isEqualTo(3);
        assertThat(scale(pair, "{\"unet.lora_alpha\": 6, \"unet.alpha_pattern\": {\"proj_in\": 2}}"))
                .isEqualTo(0.5);
        assertThat(scale(pair, "{\"text_encoder.lora_alpha\": 6}")).isEqualTo(1);
        assertThatThrownBy(() -> scale(pair, "{\"unet.use_dora\": true}")).hasMessageContaining("DoRA");
        assertThatThrownBy(() -> scale(pair, "[")).hasMessageContaining("not JSON");
    }

    private static double scale(Map<String, NdArray> pair, String metadata) throws IOException {
        return read(pair, Map.of("lora_adapter_metadata", metadata))
                .unet()
                .values()
                .iterator()
                .next()
                .scale();
    }

    /** A network that saves its own adapter writes neither {@code unet.} before its names nor before what it says of them. */
    @Test
    void scalesOfAnAdapterThatANetworkSaved() throws IOException {
        String module = "down_blocks.0.attentions.0.proj_in";
        Map<String, NdArray> pair =
                Map.of(module + ".lora_A.weight", ones(4, 8), module + ".lora_B.weight", ones(8, 4));
        assertThat(scale(pair, "{\"lora_alpha\": 6, \"use_rslora\": false}")).isEqualTo(1.5);
        assertThat(scale(pair, "{\"lora_alpha\": 6, \"alpha_pattern\": {\"proj_in\": 2}}"))
                .isEqualTo(0.5);
        assertThatThrownBy(() -> scale(pair, "{\"lora_alpha\": 6, \"use_dora\": true}"))
                .hasMessageContaining("DoRA");
    }

    /** {@code PeftModel.save_pretrained}: the tensors say nothing, and the file beside them says alpha. */
    @Test
    void scalesThatPeftWroteBesideTheFile(@TempDir Path folder) throws IOException {
        String module = "base_model.model.down_blocks.0.attentions.0.proj_in";
        Map<String, NdArray> pair =
                Map.of(module + ".lora_A.weight", ones(4, 8), module + ".lora_B.weight", ones(8, 4));
        Path file = folder.resolve("adapter_model.safetensors");
        assertThat(scale(pair, file)).isEqualTo(1);
        Path config = Files.writeString(folder.resolve("adapter_config.json"), "{\"lora_alpha\": 16, \"r\": 4}");
        assertThat(scale(pair, file)).isEqualTo(4);
        assertThat(scale(pair, folder.resolve("other.safetensors"))).isEqualTo(1);
        Files.writeString(config, "[");
        assertThatThrownBy(() -> scale(pair, file)).hasMessageContaining("adapter_config.json beside it is not JSON");
    }

    private static double scale(Map<String, NdArray> pair, Path file) throws IOException {
        WeightSource source = WeightSource.of(new WeightSet(pair, Map.of(), List.of()));
        return LoraFile.read(source, modules(), file)
                .unet()
                .values()
                .iterator()
                .next()
                .scale();
    }

    @Test
    void halfPrecisionWeightsAreChangedInTheirType() throws IOException {
        LowRank pair = new LowRank(StoredTensor.of(ones(2, 3)), StoredTensor.of(ones(4, 2)), 0.5);
        try (Scope scope = Scope.open()) {
            Tensor weight = Tensors.zeros(4, 3, 1, 1).to(ScalarType.Half);
            pair.addTo(weight, 3);
            assertThat(weight.scalar_type().intern()).isEqualTo(ScalarType.Half);
            assertThat(Tensors.toFloats(weight)).containsOnly(3);
            pair.addTo(weight, -3);
            assertThat(Tensors.toFloats(weight)).containsOnly(0);
            assertThatThrownBy(() -> pair.addTo(Tensors.zeros(3, 4), 1)).hasMessageContaining("another model");
        }
    }

    @Test
    void filesForOtherModelsAreRefused() {
        assertThatThrownBy(() -> read(Map.of("lora_unet_x.lora_down.weight", ones(2, 2)), Map.of()))
                .hasMessageContaining("no low-rank pair that fits")
                .hasMessageContaining("lora_unet_x");
        String module = "unet.down_blocks.0.attentions.0.proj_in";
        assertThatThrownBy(() -> read(
                        Map.of(module + ".lora_A.weight", ones(4, 9), module + ".lora_B.weight", ones(8, 4)), Map.of()))
                .hasMessageContaining("another model");
    }
}
