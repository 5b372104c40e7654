package io.inkstone.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class NdArrayTest {
    private static NdArray array(DType type, int... bytes) {
        byte[] data = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            data[i] = (byte) bytes[i];
        }
        return new NdArray(type, new long[] {bytes.length / type.bytes()}, ByteBuffer.wrap(data));
    }

    /** Values worked by hand from the formats' tables. */
    @Test
    void smallFloats() {
        assertThat(array(DType.FLOAT16, 0, 0x3C, 0, 0xC0, 1, 0, 0xFF, 0x7B, 0, 0x7C, 1, 0x7C)
                        .toFloats())
                .containsExactly(1, -2, 0x1p-24f, 65504, Float.POSITIVE_INFINITY, Float.NaN);
        assertThat(array(DType.BFLOAT16, 0x80, 0x3F, 0x49, 0xC0).toFloats()).containsExactly(1, -3.140625f);
        assertThat(array(DType.FLOAT8_E4M3, 0x38, 0x7E, 0x01, 0xFF, 0xC0).toFloats())
                .containsExactly(1, 448, 0x1p-9f, Float.NaN, -2);
        assertThat(array(DType.FLOAT8_E5M2, 0x3C, 0x7B, 0x7C, 0x01).toFloats())
                .containsExactly(1, 57344, Float.POSITIVE_INFINITY, 0x1p-16f);
    }

    @Test
    void integers() {
        assertThat(array(DType.UINT64, 255, 255, 255, 255, 255, 255, 255, 255).toDoubles())
                .containsExactly(0x1p64);
        assertThat(array(DType.UINT8, 255).toLongs()).containsExactly(255);
        assertThat(NdArray.of(new long[] {Long.MAX_VALUE}, 1).toLongs()).containsExactly(Long.MAX_VALUE);
    }

    @Test
    void reshapeAndRows() {
        NdArray array = NdArray.of(new float[] {1, 2, 3, 4, 5, 6}, 6).reshape(3, 2);
        assertThat(array.rows(1, 1).toFloats()).containsExactly(3, 4);
        assertThatThrownBy(() -> array.reshape(4)).hasMessageContaining("[3, 2] holds 6 values");
        assertThatThrownBy(() -> array.reshape(Long.MAX_VALUE, 3)).hasMessageContaining("damaged");
        assertThat(array).isEqualTo(NdArray.of(new float[] {1, 2, 3, 4, 5, 6}, 3, 2));
    }
}
