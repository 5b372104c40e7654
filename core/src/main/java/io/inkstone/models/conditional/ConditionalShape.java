package io.inkstone.models.conditional;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.List;
import java.util.OptionalInt;

/**
 * What determines a U-Net, conditional or not.
 *
 * @param in channels of its input: 4 latents; 9 for inpainting (latents, mask, latents of what stays)
 * @param out channels of its answer
 * @param levels from full size down; every level but the last halves
 * @param groups of every group norm
 * @param eps of the group norms in residual blocks
 * @param form what differs between releases without changing the sizes
 * @param time how it is told the time
 * @param side of the latents it was trained on
 */
public record ConditionalShape(
        int in, int out, List<UnetLevelShape> levels, int groups, double eps, Form form, Time time, int side) {
    private static final int PUBLISHED_GROUPS = 32;
    private static final double PUBLISHED_EPS = 1e-5;
    private static final int EMBEDDING = 4;

    /**
     * @param linear whether transformers project their maps by linear layers (2.x) or 1×1 convolutions (1.x)
     * @param symmetric whether halving convolutions pad all sides, or right and bottom alone
     * @param middle whether the innermost map attends between its two residual blocks
     */
    public record Form(boolean linear, boolean symmetric, boolean middle) {}

    /**
     * @param cosinesFirst order of the waves
     * @param shift of their frequencies
     * @param guidance channels of an embedding of the guidance weight that the network takes (few-step models), if any
     */
    public record Time(boolean cosinesFirst, double shift, OptionalInt guidance) {
        public static final Time PUBLISHED = new Time(true, 0, OptionalInt.empty());
    }

    public ConditionalShape {
        levels = List.copyOf(levels);
        for (UnetLevelShape level : levels) {
            if (level.width() % groups != 0) {
                throw new InputException(Words.of(
                        "U-Net: %d channels do not divide into the %d groups of its norms.", level.width(), groups));
            }
        }
    }

    /** Stable Diffusion 1.x. */
    public static ConditionalShape one() {
        return published(List.of(8, 8, 8, 8), 768, false);
    }

    /** Stable Diffusion 2.x. */
    public static ConditionalShape two() {
        return published(List.of(5, 10, 20, 20), 1024, true);
    }

    private static ConditionalShape published(List<Integer> heads, int told, boolean linear) {
        return new ConditionalShape(
                4,
                4,
                List.of(
                        new UnetLevelShape(320, 2, true, true, heads.get(0), 1, told),
                        new UnetLevelShape(640, 2, true, true, heads.get(1), 1, told),
                        new UnetLevelShape(1280, 2, true, true, heads.get(2), 1, told),
                        new UnetLevelShape(1280, 2, false, false, heads.get(3), 1, told)),
                PUBLISHED_GROUPS,
                PUBLISHED_EPS,
                new Form(linear, true, true),
                Time.PUBLISHED,
                linear ? 96 : 64);
    }

    /** The same with another number of input channels. */
    public ConditionalShape withIn(int channels) {
        return new ConditionalShape(channels, out, levels, groups, eps, form, time, side);
    }

    /** Channels of what tells the time to every residual block. */
    int embedding() {
        return EMBEDDING * levels.get(0).width();
    }

    /** Whether it is told texts; without, its maps look at themselves alone. */
    public boolean reads() {
        return innermost().reads();
    }

    UnetLevelShape innermost() {
        return levels.get(levels.size() - 1);
    }
}
