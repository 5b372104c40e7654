package io.inkstone.weights.pickle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.array.DType;
import io.inkstone.array.NdArray;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.WeightSet;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The reference files were written by PyTorch (make_torch.py beside them). */
class TorchFileTest {
    @TempDir
    Path folder;

    private static Path reference(String name) {
        return Path.of("src/test/resources/io/inkstone/weights", name);
    }

    @Test
    void allTypes() throws IOException {
        Map<String, NdArray> tensors = WeightFile.read(reference("types.pth")).tensors();
        assertThat(tensors).hasSize(13);
        tensors.forEach((name, tensor) -> assertThat(tensor.toFloats())
                .as(name)
                .containsExactly(name.equals("bool") ? new float[] {0, 1, 1, 1} : new float[] {0, 1, 2, 3}));
    }

    @ParameterizedTest
    @ValueSource(strings = {"views.pth", "views_legacy.pth"})
    void stridesOffsetsAndSharedStorages(String file) throws IOException {
        Map<String, NdArray> views = WeightFile.read(reference(file)).tensors();
        assertThat(views.get("base").toFloats()).hasSize(24).endsWith(23);
        assertThat(views.get("transposed").shape()).containsExactly(6, 4);
        assertThat(views.get("transposed").toFloats()).startsWith(0, 6, 12, 18, 1);
        assertThat(views.get("row").toFloats()).containsExactly(12, 13, 14, 15, 16, 17);
        assertThat(views.get("column").toFloats()).containsExactly(1, 7, 13, 19);
        assertThat(views.get("corner").toFloats()).containsExactly(8, 9, 10, 14, 15, 16);
        assertThat(views.get("expanded").toFloats()).containsExactly(7, 7, 7);
        assertThat(views.get("scalar").shape()).isEmpty();
        assertThat(views.get("empty").shape()).containsExactly(0, 3);
        assertThat(views.get("last").toFloats()).hasSize(96).containsOnly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"module.pt", "module_legacy.pt", "deflated.pth"})
    void wholeModulesGiveTheSameAsTheirStateDict(String file) throws IOException {
        WeightSet state = WeightFile.read(reference("state.pth"));
        WeightSet module = WeightFile.read(reference(file));
        assertThat(module.tensors()).isEqualTo(state.tensors()).hasSize(6);
        assertThat(state.notes()).isEmpty();
        if (file.startsWith("module")) {
            assertThat(module.notes()).singleElement().asString().contains("published.VAE", "6 tensors");
        }
    }

    @Test
    void checkpointsAreUnwrapped() throws IOException {
        WeightSet set = WeightFile.read(reference("checkpoint.ckpt"));
        assertThat(set.notes()).hasSize(2);
        assertThat(set.notes().get(0)).contains("'state_dict'", "3 entries (epoch, optimizer, lr) were left out");
        assertThat(set.notes().get(1)).contains("'module.'");
        for (String line : Files.readAllLines(reference("state_sums.txt"))) {
            String name = line.substring(0, line.indexOf(' '));
            String shape = line.substring(line.indexOf('['), line.indexOf(']') + 1);
            assertThat(Arrays.toString(set.tensors().get(name).shape())).isEqualTo(shape);
            double sum = Arrays.stream(set.tensors().get(name).toDoubles()).sum();
            assertThat(sum).isCloseTo(Double.parseDouble(line.substring(line.lastIndexOf(' '))), within(1e-6));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "evil.pth, posix.system",
        "evil_legacy.pth, posix.system",
        "big_endian.pth, byte order 'big'",
        "plain.pkl, Python pickle that PyTorch did not write"
    })
    void refusesWithASentence(String file, String why) {
        // Touched by evil.pth where it is obeyed; whoever opened it in Python may have left it.
        File touched = new File("/tmp/inkstone-was-here");
        long before = touched.lastModified();
        assertThatThrownBy(() -> WeightFile.read(reference(file)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(why);
        assertThat(touched.lastModified()).isEqualTo(before);
    }

    @Test
    void roundTrip() throws IOException {
        Map<String, NdArray> tensors = new LinkedHashMap<>();
        List<DType> types = Arrays.stream(DType.values())
                .filter(type -> type != DType.FLOAT4_E2M1)
                .toList();
        for (DType type : types) {
            tensors.put("t." + type, new NdArray(type, new long[] {1, 2}, ByteBuffer.allocate(2 * type.bytes())));
        }
        tensors.put("scalar", NdArray.of(new float[] {7}));
        tensors.put("empty", NdArray.of(new float[0], 0, 4));
        tensors.put("weight.ü", NdArray.of(new float[] {1, 2, 3, 4, 5, 6}, 1, 2, 3, 1));
        Path path = folder.resolve("x.pth");
        WeightFile.write(path, WeightSet.of(tensors));
        assertThat(WeightFile.read(path).tensors()).isEqualTo(tensors);
        byte[] first = Files.readAllBytes(path);
        WeightFile.write(path, WeightSet.of(tensors));
        assertThat(Files.readAllBytes(path)).isEqualTo(first);
    }
}
