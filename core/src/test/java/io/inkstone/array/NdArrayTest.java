package io.inkstone.array;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

    /** Against all 256 values as PyTorch 2.15 converts them: the sum of the finite ones weighted by the number of each. */
    @ParameterizedTest
    @CsvSource({
        "FLOAT8_E4M3, 0.001953125, NaN, -692208.0, 2",
        "FLOAT8_E5M2, 1.52587890625e-05, NaN, -46137343.96875, 8",
        "FLOAT8_E4M3FNUZ, 0.0009765625, 240, -376824.0, 1",
        "FLOAT8_E5M2FNUZ, 7.62939453125e-06, 57344, -46137343.984375, 1",
        "FLOAT8_E8M0, 1.1754943508222875e-38, 1, 8.609143883099743e+40, 1"
    })
    void allEighthBits(DType type, double first, double highest, double sum, int notFinite) {
        byte[] all = new byte[256];
        for (int i = 0; i < all.length; i++) {
            all[i] = (byte) i;
        }
        double[] values = new NdArray(type, new long[] {256}, ByteBuffer.wrap(all)).toDoubles();
        assertThat(values[1]).isEqualTo(first);
        assertThat(values[127]).isEqualTo(Double.valueOf(highest)); // which may be NaN
        double weighted = 0;
        int missing = 0;
        for (int i = 0; i < 256; i++) {
            missing += Double.isFinite(values[i]) ? 0 : 1;
            weighted += Double.isFinite(values[i]) ? i * values[i] : 0;
        }
        assertThat(missing).isEqualTo(notFinite);
        assertThat(weighted).isCloseTo(sum, withinPercentage(1e-12));
    }

    /** Two to a byte, the lower half first; the eight values of the format's table. */
    @Test
    void fourBits() {
        byte[] pairs = {0x10, 0x32, 0x54, 0x76, (byte) 0xF9};
        NdArray array = new NdArray(DType.FLOAT4_E2M1, new long[] {5, 2}, ByteBuffer.wrap(pairs));
        assertThat(array.toFloats()).containsExactly(0, 0.5f, 1, 1.5f, 2, 3, 4, 6, -0.5f, -6);
        assertThat(array.rows(1, 2).toFloats()).containsExactly(1, 1.5f, 2, 3);
        assertThatThrownBy(() -> NdArray.byteCount(DType.FLOAT4_E2M1, 3)).hasMessageContaining("inside a byte");
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
