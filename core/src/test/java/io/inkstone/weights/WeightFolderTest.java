package io.inkstone.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.array.NdArray;
import io.inkstone.data.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightFolderTest {
    @TempDir
    Path folder;

    @BeforeEach
    void configure() throws IOException {
        Files.writeString(folder.resolve("config.json"), "{\"_class_name\": \"X\"}");
    }

    private void write(String file, String name, float value) throws IOException {
        Safetensors.write(folder.resolve(file), Map.of(name, NdArray.of(new float[] {value}, 1)), Map.of());
    }

    private void index(String file, String map) throws IOException {
        Files.writeString(folder.resolve(file), "{\"metadata\": {}, \"weight_map\": {%s}}".formatted(map));
    }

    private void shards(String stem) throws IOException {
        write(stem + "-00001-of-00002.safetensors", "a", 1);
        write(stem + "-00002-of-00002.safetensors", "b", 2);
        String map = "\"a\": \"%1$s-00001-of-00002.safetensors\", \"b\": \"%1$s-00002-of-00002.safetensors\"";
        index(stem + ".safetensors.index.json", map.formatted(stem));
    }

    private float value(String name) throws IOException {
        return WeightFile.read(folder).tensors().get(name).toFloats()[0];
    }

    @Test
    void shardsComeBeforeAnOlderSingleFile() throws IOException {
        shards("diffusion_pytorch_model");
        write("diffusion_pytorch_model.safetensors", "a", 9);
        assertThat(value("a")).isEqualTo(1);
        assertThat(value("b")).isEqualTo(2);
        WeightSet set = WeightFile.read(folder);
        assertThat(set.notes())
                .singleElement()
                .asString()
                .contains("diffusion_pytorch_model.safetensors beside it", "left aside");
        assertThat(set.metadata()).containsKey(WeightFile.CONFIG);
    }

    @Test
    void aFolderThatWasSavedTwiceHoldsTheSecondSaving() throws IOException {
        WeightSet set = WeightFile.read(SharedData.path("../cases/sharded-folder-old-weights-taken/vae"));
        assertThat(set.tensors().get("decoder.conv_out.bias").toFloats()).containsExactly(2, 2, 2);
    }

    /** There the program that wrote the folder takes the single file, so a guess could be wrong. */
    @Test
    void twoSavingsOfTransformersAreRefused() throws IOException {
        shards("model");
        assertThat(value("b")).isEqualTo(2);
        write("model.safetensors", "a", 9);
        assertThatThrownBy(() -> WeightFile.read(folder))
                .hasMessageContaining("model.safetensors.index.json and model.safetensors");
    }

    @Test
    void whatTheIndexPromisesMustBeThere() throws IOException {
        shards("model");
        Files.delete(folder.resolve("model-00002-of-00002.safetensors"));
        assertThatThrownBy(() -> WeightFile.read(folder))
                .hasMessageContaining("model-00002-of-00002.safetensors, which is missing");
        write("model-00002-of-00002.safetensors", "c", 2);
        assertThatThrownBy(() -> WeightFile.read(folder)).hasMessageContaining("lacks the tensor b");
        index("model.safetensors.index.json", "\"a\": \"../other.safetensors\"");
        assertThatThrownBy(() -> WeightFile.read(folder)).hasMessageContaining("no file of its folder");
        index("model.safetensors.index.json", "");
        assertThatThrownBy(() -> WeightFile.read(folder)).hasMessageContaining("no weight_map");
    }

    @Test
    void variantsAreTakenWhereTheyAreWantedOrAlone() throws IOException {
        write("diffusion_pytorch_model.fp16.safetensors", "a", 16);
        assertThat(value("a")).isEqualTo(16);
        assertThat(WeightFile.read(folder).notes()).singleElement().asString().contains("no plain weights");
        write("diffusion_pytorch_model.safetensors", "a", 32);
        assertThat(value("a")).isEqualTo(32);
        try (WeightSource half = WeightSource.open(WeightFolder.find(folder, Optional.of("fp16")))) {
            assertThat(half.tensors().get("a").array().toFloats()).containsExactly(16);
        }
        assertThat(WeightFolder.find(folder, Optional.of("bf16")).notes())
                .singleElement()
                .asString()
                .contains("plain ones");
        Files.delete(folder.resolve("diffusion_pytorch_model.safetensors"));
        write("diffusion_pytorch_model.non_ema.safetensors", "a", 1);
        assertThatThrownBy(() -> WeightFile.read(folder)).hasMessageContaining("fp16 and non_ema");
    }

    @Test
    void shardsOfAVariantAreFoundUnderBothSpellings() throws IOException {
        write("model.fp16-00001-of-00001.safetensors", "a", 16);
        String map = "\"a\": \"model.fp16-00001-of-00001.safetensors\"";
        index("model.safetensors.index.fp16.json", map);
        assertThat(value("a")).isEqualTo(16);
        Files.delete(folder.resolve("model.safetensors.index.fp16.json"));
        index("model.fp16.safetensors.index.json", map);
        assertThat(value("a")).isEqualTo(16);
    }

    @Test
    void theSafeFormatComesFirstAndAnEmptyFolderIsRefused() throws IOException {
        assertThatThrownBy(() -> WeightFile.read(folder)).hasMessageContaining("without config.json and");
        Files.writeString(folder.resolve("pytorch_model.bin"), "nothing that can be read");
        write("model.safetensors", "a", 3);
        assertThat(value("a")).isEqualTo(3);
    }
}
