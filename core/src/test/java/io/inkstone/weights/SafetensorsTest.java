package io.inkstone.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.array.DType;
import io.inkstone.array.NdArray;
import io.inkstone.data.SharedData;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsTest {
    @TempDir
    Path folder;

    @Test
    void typesThatOnlyNewWritersKnow() throws IOException {
        Path cases = SharedData.path("../cases/element-types-not-read");
        assertThat(value(cases.resolve("e4m3fnuz.safetensors"))).containsExactly(1, 1, 1, 1);
        assertThat(value(cases.resolve("e8m0.safetensors"))).containsExactly(1, 1, 1, 1);
        assertThat(value(cases.resolve("fp4.safetensors")))
                .startsWith(0, 0, 0.5f, 0, 1, 0, 1.5f, 0)
                .endsWith(4, 0, 6, 0);
    }

    private static float[] value(Path file) throws IOException {
        return WeightFile.read(file).tensors().get("w").toFloats();
    }

    @Test
    void roundTripOfAllTypes() throws IOException {
        Map<String, NdArray> tensors = new LinkedHashMap<>();
        for (DType type : DType.values()) {
            byte[] bytes = new byte[6 * type.bits() / 8];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) i;
            }
            tensors.put("z." + type, new NdArray(type, new long[] {3, 2}, ByteBuffer.wrap(bytes)));
        }
        tensors.put("scalar", NdArray.of(new float[] {7}));
        tensors.put("empty", NdArray.of(new float[0], 0, 4));
        Path path = folder.resolve("x.safetensors");
        Safetensors.write(path, tensors, Map.of("recipe", "näme: \"x\""));
        WeightSet back = Safetensors.read(path);
        assertThat(back.tensors()).isEqualTo(tensors);
        assertThat(back.metadata()).containsExactly(Map.entry("recipe", "näme: \"x\""));
        byte[] first = Files.readAllBytes(path);
        assertThat(ByteBuffer.wrap(first).order(ByteOrder.LITTLE_ENDIAN).getLong() % 8)
                .isZero();
        Safetensors.write(path, back);
        assertThat(Files.readAllBytes(path)).isEqualTo(first);
    }

    @Test
    void readsOnlyWhatIsAsked() throws IOException {
        Path path = folder.resolve("x.safetensors");
        Safetensors.write(
                path, Map.of("weight", NdArray.of(new float[] {1}, 1), "b", NdArray.of(new float[2], 2)), Map.of());
        assertThat(Safetensors.read(path, List.of("weight")).tensors()).containsOnlyKeys("weight");
        assertThatThrownBy(() -> Safetensors.read(path, List.of("weigth")))
                .isInstanceOf(InputException.class)
                .hasMessageEndingWith("Did you mean weight?");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}|offsets span 4",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}|leave a hole",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]},\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|overlap",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,4]}}|the file holds 8",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,8]}}|larger than any file",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,8]}}|negative",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[1e3],\"data_offsets\":[0,8]}}|VALUE_NUMBER_INT",
                "{\"a\":{\"dtype\":\"F32\",\"shape\":[99999999999999999999],\"data_offsets\":[0,8]}}|damaged",
                "{\"a\":{\"dtype\":\"C64\",\"shape\":[1],\"data_offsets\":[0,8]}}|dtype C64",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8],\"x\":1}}|unknown key x",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[1]}}|lacks",
                "{\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]},\"a\":{\"dtype\":\"F64\",\"shape\":[1],\"data_offsets\":[0,8]}}|Duplicate",
                "{\"a\":[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]}|START_OBJECT",
                "{\"__metadata__\":{\"a\":1}}|__metadata__.a",
                "{}{}|follows",
                "{\"a\":|damaged",
            })
    void damagedHeadersAreRefused(String header, String why) throws IOException {
        byte[] text = header.getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(8 + text.length + 8).order(ByteOrder.LITTLE_ENDIAN);
        file.putLong(text.length).put(text);
        Path path = Files.write(folder.resolve("x.safetensors"), file.array());
        assertThatThrownBy(() -> Safetensors.read(path))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(why)
                .hasMessageContaining(path.toString());
    }

    @Test
    void hugeHeaderLengthTakesNoMemory() throws IOException {
        byte[] file = "????????{}".getBytes(StandardCharsets.UTF_8);
        for (long length : new long[] {Long.MAX_VALUE, -1, 99_999_999, 3, 0}) {
            ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
            Path path = Files.write(folder.resolve("x"), file);
            assertThatThrownBy(() -> Safetensors.read(path)).hasMessageContaining("claims " + length);
        }
    }
}
