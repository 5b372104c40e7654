package io.inkstone.models.autoencoder;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.weights.layout.AutoencoderNames;
import java.util.List;

/**
 * The numbers that determine every parameter's shape, and what sizes of pictures fit.
 *
 * @param channels of the pictures, 1 or 3
 * @param width features of the first level; divisible by {@code groups}
 * @param multipliers features of each level in widths, from full size down; each level after the first halves the side
 * @param latent channels of a code
 * @param groups of every norm, 32 as published; a norm with a channel or two a group erases flat colours, so narrow
 *     networks want fewer
 * @param parts what can be left out
 * @param blocks residual blocks of a level of the encoder, 2 as published; the decoder has one more
 */
public record AutoencoderShape(
        int channels, int width, List<Integer> multipliers, int latent, int groups, Parts parts, int blocks) {
    static final double EPS = 1e-6;

    private static final int MOST_LEVELS = 8;

    /**
     * What can be left out, to see what it is worth.
     *
     * @param residual the skip of every block
     * @param attention the self-attention in the middle of both halves
     */
    public record Parts(boolean residual, boolean attention) {
        public static final Parts ALL = new Parts(true, true);
    }

    /** With two blocks a level, as published. */
    public AutoencoderShape(int channels, int width, List<Integer> multipliers, int latent, int groups, Parts parts) {
        this(channels, width, multipliers, latent, groups, parts, AutoencoderNames.PUBLISHED_BLOCKS);
    }

    /** With every part, as published. */
    public AutoencoderShape(int channels, int width, List<Integer> multipliers, int latent, int groups) {
        this(channels, width, multipliers, latent, groups, Parts.ALL);
    }

    public AutoencoderShape {
        multipliers = List.copyOf(multipliers);
        if (channels < 1 || latent < 1 || groups < 1) {
            throw new InputException(Words.of(
                    "Autoencoder: channels, model.latent and model.groups must be 1 or more, got %d, %d and %d.",
                    channels, latent, groups));
        }
        if (width < groups || width % groups != 0) {
            int near = Math.max(groups, width / groups * groups);
            throw new InputException(Words.of(
                            "Autoencoder: the width must be divisible by the %d groups of its norms, got %d: choose for example %d.",
                            groups, width, near))
                    .about("model.width=" + near);
        }
        if (multipliers.isEmpty()
                || multipliers.size() > MOST_LEVELS
                || multipliers.stream().anyMatch(each -> each < 1)) {
            throw new InputException(Words.of(
                    "Autoencoder: model.multipliers must be 1 to %d whole numbers of 1 or more, got %s (published: [1, 2, 4, 4]).",
                    MOST_LEVELS, multipliers));
        }
    }

    /** How many times smaller a code's side is: 8 for four levels. */
    public int reduction() {
        return 1 << (multipliers.size() - 1);
    }

    /** Features of a level, from 0. */
    int features(int level) {
        return width * multipliers.get(level);
    }

    int levels() {
        return multipliers.size();
    }

    /** Refuses pictures whose sides cannot be halved often enough. */
    public void requireSides(long height, long width) {
        if (height < 1 || width < 1 || height % reduction() != 0 || width % reduction() != 0) {
            long wrong = height % reduction() != 0 ? height : width;
            long below = Math.max(reduction(), wrong / reduction() * reduction());
            throw new InputException(Words.of(
                            "Autoencoder: height and width must be divisible by %d, got %d×%d. Resize the data to %d or %d.",
                            reduction(), height, width, below, below + reduction()))
                    .about("data.size=" + (below + reduction()));
        }
    }

    /**
     * Values that a plain training pass keeps for its backward pass, roughly: what enters every norm, SiLU, convolution
     * and product.
     */
    public long keptValues(long pictures, long height, long width) {
        long values = 0;
        for (int level = 0; level < levels(); level++) {
            long pixels = pictures * (height >> level) * (width >> level);
            long here = features(level);
            long above = features(Math.max(0, level - 1));
            long below = features(Math.min(levels() - 1, level + 1));
            // A block keeps three maps of either width; then the maps around the down- and up-sampling convolutions.
            values += pixels * (3 * (above + here) + 6L * (blocks - 1) * here);
            values += pixels * (3 * (below + here) + 6L * blocks * here);
            values += pixels * (level + 1 < levels() ? here + below : 0);
        }
        long innermost = pictures * (height / reduction()) * (width / reduction());
        long tokens = innermost / pictures;
        values += innermost * (24 + 14) * features(levels() - 1);
        values += innermost * tokens * 2 * 3;
        // Both ends: norm, SiLU, convolution.
        return values + pictures * height * width * 3 * features(0) + innermost * 3 * features(levels() - 1);
    }
}
