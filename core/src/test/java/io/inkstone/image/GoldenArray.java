package io.inkstone.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.array.DType;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Pictures in the uint8 arrays beside these tests, [N, H, W, 3] or [H, W, 3]. */
record GoldenArray(int[] shape, byte[] data) {
    static GoldenArray of(String file) throws IOException {
        try (InputStream in = GoldenArray.class.getResourceAsStream(file)) {
            NdArray array = Npy.read(in, file, 1 << 20);
            assertThat(array.type()).isEqualTo(DType.UINT8);
            byte[] data = new byte[Math.toIntExact(array.count())];
            array.data().get(data);
            int[] shape =
                    Arrays.stream(array.shape()).mapToInt(Math::toIntExact).toArray();
            return new GoldenArray(shape, data);
        }
    }

    /** Picture n of [N, H, W, 3], or the only one of [H, W, 3]. */
    Pixels picture(int n) {
        int height = shape[shape.length - 3];
        int width = shape[shape.length - 2];
        int size = height * width * 3;
        return new Pixels(width, height, 3, Arrays.copyOfRange(data, n * size, (n + 1) * size));
    }

    /** The largest difference of two pictures, in levels. */
    static int furthest(Pixels a, Pixels b) {
        if (a.width() != b.width() || a.height() != b.height() || a.channels() != b.channels()) {
            throw new AssertionError(a + " and " + b);
        }
        int furthest = 0;
        for (int i = 0; i < a.data().length; i++) {
            furthest = Math.max(furthest, Math.abs((a.data()[i] & 255) - (b.data()[i] & 255)));
        }
        return furthest;
    }
}
