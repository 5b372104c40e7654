package io.inkstone.weights.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.golden.Golden;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AutoencoderWeightsTest {
    @TempDir
    Path folder;

    /** Names and shapes as diffusers' own network has them (make_diffusers.py). */
    private static WeightSet diffusers() throws IOException {
        Map<String, NdArray> tensors = new LinkedHashMap<>();
        Golden.shapes(Files.readString(Path.of("src/test/resources/io/inkstone/weights/diffusers_names.txt")))
                .forEach((name, shape) -> {
                    float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
                    Arrays.fill(values, tensors.size());
                    tensors.put(name, NdArray.of(values, shape));
                });
        return WeightSet.of(tensors);
    }

    @Test
    void namesOfThePublishedNetwork() {
        Map<String, String> names = AutoencoderNames.between(Layout.INKSTONE, Layout.COMPVIS, 4);
        assertThat(names)
                .containsEntry("encoder.0.weight", "encoder.conv_in.weight")
                .containsEntry("encoder.1.s.0.weight", "encoder.down.0.block.0.norm1.weight")
                .containsEntry("encoder.9.1.bias", "encoder.down.2.downsample.conv.bias")
                .containsEntry("encoder.11.s.5.weight", "encoder.down.3.block.1.conv2.weight")
                .containsEntry("encoder.13.out.weight", "encoder.mid.attn_1.proj_out.weight")
                .containsEntry("encoder.17.weight", "encoder.conv_out.weight")
                .containsEntry("encoder.18.weight", "quant_conv.weight")
                .containsEntry("decoder.0.weight", "post_quant_conv.weight")
                .containsEntry("decoder.2.1.q.weight", "decoder.mid.attn_1.q.weight")
                .containsEntry("decoder.3.s.2.weight", "decoder.up.3.block.0.conv1.weight")
                .containsEntry("decoder.17.weight", "decoder.up.1.upsample.conv.weight")
                .containsEntry("decoder.18.res.weight", "decoder.up.0.block.0.nin_shortcut.weight")
                .containsEntry("decoder.23.bias", "decoder.conv_out.bias")
                .doesNotContainKey("encoder.12.1.weight");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 16})
    void namesAreBijections(int levels) {
        for (Layout from : Layout.values()) {
            for (Layout to : Layout.values()) {
                Map<String, String> names = AutoencoderNames.between(from, to, levels);
                assertThat(names.values()).doesNotHaveDuplicates().hasSize(names.size());
                Map<String, String> back = AutoencoderNames.between(to, from, levels);
                names.forEach((a, b) -> assertThat(back).containsEntry(b, a));
            }
        }
    }

    @Test
    void everyTensorOfDiffusersHasItsPlace() throws IOException {
        WeightSet set = diffusers();
        AutoencoderWeights weights = AutoencoderWeights.read(set);
        assertThat(weights.layout()).isEqualTo(Layout.DIFFUSERS);
        assertThat(weights.sizes()).isEqualTo(new AutoencoderSizes(3, 4, List.of(1, 2, 4, 4), 4));
        assertThat(weights.weights().tensors()).hasSameSizeAs(set.tensors());
        assertThat(weights.weights().tensors().keySet())
                .allMatch(
                        name -> name.matches("(encoder|decoder)\\.\\d+(\\.[012])?(\\.(s\\.[0235]|res|norm|q|k|v|out))?"
                                + "\\.(weight|bias)"));
        assertThat(weights.as(Layout.DIFFUSERS).tensors()).isEqualTo(set.tensors());
    }

    @ParameterizedTest
    @EnumSource(Layout.class)
    void thereAndBack(Layout layout) throws IOException {
        AutoencoderWeights weights = AutoencoderWeights.read(diffusers());
        WeightSet there = weights.as(layout);
        AutoencoderWeights back = AutoencoderWeights.read(there);
        assertThat(back.layout()).isEqualTo(layout);
        assertThat(back.sizes()).isEqualTo(weights.sizes());
        assertThat(back.weights().tensors()).isEqualTo(weights.weights().tensors());
        if (layout == Layout.COMPVIS) {
            assertThat(there.tensors().get("encoder.mid.attn_1.q.weight").shape())
                    .containsExactly(16, 16, 1, 1);
        }
    }

    @Test
    void prefixesAndForeignEntries() throws IOException {
        AutoencoderWeights weights = AutoencoderWeights.read(diffusers());
        Map<String, NdArray> whole = new LinkedHashMap<>();
        whole.put("model.diffusion_model.x", NdArray.of(new float[1], 1));
        whole.put("cond_stage_model.y", NdArray.of(new float[1], 1));
        weights.as(Layout.COMPVIS).tensors().forEach((name, t) -> whole.put("first_stage_model." + name, t));
        whole.put("first_stage_model.loss.logvar", NdArray.of(new float[1], 1));
        AutoencoderWeights read = AutoencoderWeights.read(WeightSet.of(whole));
        assertThat(read.weights().tensors()).isEqualTo(weights.weights().tensors());
        assertThat(read.weights().notes())
                .singleElement()
                .asString()
                .isEqualTo("3 tensors do not belong to the autoencoder and were left out"
                        + " (model.*, cond_stage_model.*, first_stage_model.*).");
    }

    @Test
    void otherWeightsAreNotRecognised() {
        WeightSet other = WeightSet.of(Map.of("conv1.weight", NdArray.of(new float[1], 1)));
        assertThat(AutoencoderWeights.recognises(other)).isFalse();
        assertThatThrownBy(() -> AutoencoderWeights.read(other)).isInstanceOf(InputException.class);
    }

    @Test
    void diffusersFolder() throws IOException {
        AutoencoderWeights weights = AutoencoderWeights.read(diffusers());
        DiffusersFolder.write(folder, weights, new DiffusersFolder.Settings(64, 0.18215, 4));
        WeightSet back = WeightFile.read(folder);
        assertThat(back.tensors()).isEqualTo(diffusers().tensors());
        assertThat(back.metadata().get(WeightFile.CONFIG)).contains("\"block_out_channels\" : [ 4, 8, 16, 16 ]");
    }
}
