package io.inkstone.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import java.nio.ByteBuffer;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;
import org.junit.jupiter.api.Test;

class TensorsTest {
    @Test
    void arraysComeBackFromAnyMemoryFormat() {
        float[] values = new float[2 * 3 * 4 * 5];
        for (int i = 0; i < values.length; i++) {
            values[i] = i;
        }
        try (Scope scope = Scope.open()) {
            Tensor tensor = Tensors.channelsLast(Tensors.of(values, 2, 3, 4, 5));
            assertThat(Tensors.toFloats(tensor)).isEqualTo(values);
            assertThat(Tensors.toArray(tensor)).isEqualTo(NdArray.of(values, 2, 3, 4, 5));
            assertThat(Tensors.toFloats(tensor.permute(0, 2, 3, 1))[1]).isEqualTo(20);
        }
    }

    @Test
    void noValuesAreAnArrayOfNone() {
        try (Scope scope = Scope.open()) {
            NdArray none = Tensors.toArray(Tensors.of(new float[0], 3, 0));
            assertThat(none.shape()).containsExactly(3, 0);
            assertThat(none.toFloats()).isEmpty();
        }
    }

    @Test
    void arraysKeepTheirType() {
        try (Scope scope = Scope.open()) {
            Tensor bytes = Tensors.ofBytes(ByteBuffer.wrap(new byte[] {0, 127, -1}), 3);
            assertThat(bytes.scalar_type().intern()).isEqualTo(ScalarType.Byte);
            assertThat(Tensors.toFloats(bytes)).containsExactly(0, 127, 255);
            Tensor longs = Tensors.of(NdArray.of(new long[] {5, -6}, 2));
            assertThat(Tensors.toFloats(longs)).containsExactly(5, -6);
        }
    }

    @Test
    void lossesRefuseToBroadcast() {
        try (Scope scope = Scope.open()) {
            assertThatThrownBy(() -> Tensors.meanSquaredError(Tensors.zeros(4, 1), Tensors.zeros(4)))
                    .isInstanceOf(InputException.class)
                    .hasMessage("mean squared error: shapes differ, [4, 1] and [4].");
        }
    }

    @Test
    void shapesAreCheckedWithWildcards() {
        try (Scope scope = Scope.open()) {
            Shapes.require("pictures", Tensors.zeros(7, 3, 2, 2), Shapes.ANY, 3, 2, 2);
            assertThatThrownBy(() -> Shapes.require("pictures", Tensors.zeros(7, 1, 2, 2), Shapes.ANY, 3, 2, 2))
                    .hasMessage("pictures: expected shape [*, 3, 2, 2], got [7, 1, 2, 2].");
        }
    }

    @Test
    void bfloat16IsSwitchedOnOnlyInside() {
        try (Scope scope = Scope.open()) {
            Tensor matrix = Tensors.zeros(2, 2);
            Tensor inside = Precision.BFLOAT16.compute(ComputeDevice.CPU, () -> matrix.matmul(matrix));
            Tensor exact = Precision.BFLOAT16.compute(
                    ComputeDevice.CPU, () -> Precision.inFloat32(() -> matrix.matmul(matrix)));
            assertThat(inside.scalar_type().intern()).isEqualTo(ScalarType.BFloat16);
            assertThat(exact.scalar_type().intern()).isEqualTo(ScalarType.Float);
            assertThat(matrix.matmul(matrix).scalar_type().intern()).isEqualTo(ScalarType.Float);
        }
    }
}
