package io.inkstone.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Just enough of the NumPy format for the uint8 files beside these tests. */
record GoldenArray(int[] shape, byte[] data) {
    private static final Pattern SHAPE = Pattern.compile("'shape': \\(([0-9, ]+)\\)");

    static GoldenArray of(String file) throws IOException {
        try (InputStream in = GoldenArray.class.getResourceAsStream(file)) {
            byte[] all = in.readAllBytes();
            int header = ByteBuffer.wrap(all).order(ByteOrder.LITTLE_ENDIAN).getShort(8);
            String words = new String(all, 10, header, StandardCharsets.US_ASCII);
            Matcher shape = SHAPE.matcher(words);
            if (!shape.find() || !words.contains("'|u1'")) {
                throw new IOException(words);
            }
            int[] sizes = Arrays.stream(shape.group(1).split(",\\s*"))
                    .mapToInt(Integer::parseInt)
                    .toArray();
            return new GoldenArray(sizes, Arrays.copyOfRange(all, 10 + header, all.length));
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
