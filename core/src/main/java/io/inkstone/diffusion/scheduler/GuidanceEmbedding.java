package io.inkstone.diffusion.scheduler;

import io.inkstone.InputException;

/**
 * How a distilled network is told the weight of guidance that it was distilled with (Meng et al. 2023; Luo et al. 2023): sines and then
 * cosines of 1000·(w − 1)·10000^{−i/(h − 1)}, i = 0…h−1, h half the size. What its {@code time_cond_proj_dim} asks for.
 */
public final class GuidanceEmbedding {
    private static final double SCALE = 1000;
    private static final double LONGEST = 10_000;

    private GuidanceEmbedding() {}

    /**
     * @param weight w; 1 means no guidance
     * @param size of the embedding, 4 or more; an odd one ends in a zero
     */
    public static float[] of(double weight, int size) {
        if (size < 4) {
            throw new InputException(
                    "The size of a guidance embedding (time_cond_proj_dim) is 4 or more, got " + size + ".");
        }
        int half = size / 2;
        float[] embedding = new float[size];
        for (int i = 0; i < half; i++) {
            double angle = SCALE * (weight - 1) * Math.pow(LONGEST, -(double) i / (half - 1));
            embedding[i] = (float) Math.sin(angle);
            embedding[half + i] = (float) Math.cos(angle);
        }
        return embedding;
    }
}
