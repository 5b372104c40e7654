package io.inkstone.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.array.DType;
import io.inkstone.array.NdArray;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Linear;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightSourceTest {
    @TempDir
    Path folder;

    /** 1.5, −2 and their like in half precision. */
    private static NdArray halves(long... shape) {
        short[] bits = {0x3E00, (short) 0xC000, 0x0001, 0x7BFF, 0x3C00, 0x0000};
        ByteBuffer data = ByteBuffer.allocate(12).order(java.nio.ByteOrder.LITTLE_ENDIAN);
        data.asShortBuffer().put(bits);
        return new NdArray(DType.FLOAT16, shape, data);
    }

    private Path written() throws IOException {
        Path file = folder.resolve("w.safetensors");
        Safetensors.write(
                file,
                Map.of("weight", halves(2, 3), "bias", NdArray.of(new float[] {7, 8}, 2)),
                Map.of("note", "kept"));
        return file;
    }

    @Test
    void aNetworkOfPlaceholdersIsFilledInTheTypesOfTheFile() throws IOException {
        try (Scope scope = Scope.open();
                Linear layer = new Linear(Initializer.placeholders(), 3, 2);
                WeightSource source = WeightSource.open(written())) {
            LayerState.fill(layer.state(), source, LayerState.Kept.STORED);
            assertThat(layer.state().get("weight").scalar_type().intern()).isEqualTo(ScalarType.Half);
            assertThat(layer.state().get("bias").scalar_type().intern()).isEqualTo(ScalarType.Float);
            assertThat(Tensors.toFloats(layer.state().get("weight"))).containsExactly(1.5f, -2, 0x1p-24f, 65504, 1, 0);
            assertThat(layer.state().get("weight").requires_grad()).isTrue();
            LayerState.fill(layer.state(), source, LayerState.Kept.FLOAT32);
            assertThat(layer.state().get("weight").scalar_type().intern()).isEqualTo(ScalarType.Float);
            assertThat(Tensors.toFloats(layer.state().get("weight"))).containsExactly(1.5f, -2, 0x1p-24f, 65504, 1, 0);
            assertThat(Tensors.toFloats(layer.state().get("bias"))).containsExactly(7, 8);
        }
    }

    @Test
    void namesAndShapesAreComparedBeforeAnythingIsRead() throws IOException {
        try (Scope scope = Scope.open();
                Linear layer = new Linear(Initializer.empty(), 2, 2);
                WeightSource source = WeightSource.open(written())) {
            assertThatThrownBy(() -> LayerState.fill(layer.state(), source, LayerState.Kept.STORED))
                    .hasMessageContaining("weight is [2, 3], expected [2, 2]");
            assertThat(Tensors.toFloats(layer.state().get("bias"))).containsExactly(0, 0);
        }
    }

    @Test
    void viewsRenameAndCutWithoutReading() throws IOException {
        try (Scope scope = Scope.open();
                WeightSource source = WeightSource.open(written())) {
            StoredTensor weight = source.tensors().get("weight");
            Map<String, StoredTensor> parts = new LinkedHashMap<>();
            parts.put("second", weight.rows(1, 1));
            parts.put("flat", weight.reshape(6));
            WeightSource view = source.view(parts, List.of("cut"));
            assertThat(view.tensors().get("second").shape()).containsExactly(1, 3);
            assertThat(Tensors.toFloats(view.tensors().get("second").tensor())).containsExactly(65504, 1, 0);
            assertThat(view.set().tensors().get("flat").toFloats()).containsExactly(1.5f, -2, 0x1p-24f, 65504, 1, 0);
            assertThat(view.notes()).containsExactly("cut");
            assertThat(view.metadata()).containsEntry("note", "kept");
            assertThat(source.count()).isEqualTo(8);
            assertThat(source.bytes()).isEqualTo(20);
            assertThatThrownBy(() -> weight.rows(1, 2)).hasMessageContaining("outside");
            assertThatThrownBy(() -> weight.reshape(7)).hasMessageContaining("cannot take");
        }
    }

    @Test
    void whatLibtorchHasNoTypeForBecomesFloat32() throws IOException {
        Path file = folder.resolve("e.safetensors");
        NdArray eighth =
                new NdArray(DType.FLOAT8_E5M2, new long[] {2}, ByteBuffer.wrap(new byte[] {0x3E, (byte) 0xC0}));
        Safetensors.write(file, Map.of("e", eighth), Map.of());
        try (Scope scope = Scope.open();
                WeightSource source = WeightSource.open(file)) {
            assertThat(source.tensors().get("e").tensor().scalar_type().intern())
                    .isEqualTo(ScalarType.Float);
            assertThat(Tensors.toFloats(source.tensors().get("e").tensor())).containsExactly(1.5f, -2);
        }
    }
}
