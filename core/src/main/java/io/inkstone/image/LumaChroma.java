package io.inkstone.image;

/** Y, Cb, Cr to R, G, B with the full-range equations of JFIF (ITU-R BT.601), in 16-bit fixed point. */
final class LumaChroma {
    private static final int BITS = 16;
    private static final int HALF = 1 << (BITS - 1);
    private static final int[] RED_OF_CR = new int[256];
    private static final int[] BLUE_OF_CB = new int[256];
    private static final int[] GREEN_OF_CR = new int[256];
    private static final int[] GREEN_OF_CB = new int[256];

    static {
        for (int i = 0; i < 256; i++) {
            int chroma = i - 128;
            RED_OF_CR[i] = fixed(1.402) * chroma + HALF >> BITS;
            BLUE_OF_CB[i] = fixed(1.772) * chroma + HALF >> BITS;
            GREEN_OF_CR[i] = -fixed(0.714136286) * chroma;
            GREEN_OF_CB[i] = -fixed(0.344136286) * chroma + HALF;
        }
    }

    private LumaChroma() {}

    private static int fixed(double factor) {
        return (int) Math.round(factor * (1 << BITS));
    }

    /** Converts the first three of {@code stride} interleaved samples. */
    static void toRgbInPlace(byte[] samples, int stride) {
        for (int i = 0; i < samples.length; i += stride) {
            int luma = samples[i] & 255;
            int cb = samples[i + 1] & 255;
            int cr = samples[i + 2] & 255;
            samples[i] = clamped(luma + RED_OF_CR[cr]);
            samples[i + 1] = clamped(luma + (GREEN_OF_CB[cb] + GREEN_OF_CR[cr] >> BITS));
            samples[i + 2] = clamped(luma + BLUE_OF_CB[cb]);
        }
    }

    private static byte clamped(int level) {
        return (byte) Math.min(Math.max(level, 0), 255);
    }
}
