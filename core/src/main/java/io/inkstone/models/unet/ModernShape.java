package io.inkstone.models.unet;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.image.Size;
import io.inkstone.layers.Norm;
import java.util.List;

/**
 * The numbers that determine a {@link ModernUnet}.
 *
 * @param channels of the pictures or codes
 * @param size their height and width, divisible by {@link #reduction}
 * @param classes c, size of the context
 * @param width features of the first level; divisible by 8
 * @param multipliers features of each level in widths, from full size down; each level after the first halves the side
 * @param blocks residual blocks of a level on each way
 * @param attention levels (from 0) whose blocks are followed by self-attention
 * @param patch side of the squares of pixels that become one place of the first level, a power of two; 1 for none
 * @param norm of all residual blocks
 * @param dropout probability in [0, 1) inside each residual block
 * @param states channels of the states of a text that those levels look at too; 0 for a network that reads none
 */
public record ModernShape(
        int channels,
        Size size,
        int classes,
        int width,
        List<Integer> multipliers,
        int blocks,
        List<Integer> attention,
        int patch,
        Norm norm,
        double dropout,
        int states) {
    private static final int WIDTHS = 8;
    private static final int MOST_LEVELS = 8;
    private static final int MOST_BLOCKS = 16;

    public ModernShape {
        multipliers = List.copyOf(multipliers);
        attention = List.copyOf(attention);
        if (channels < 1 || classes < 1) {
            throw new InputException(
                    Words.of("U-Net: channels and classes must be 1 or more, got %d and %d.", channels, classes));
        }
        if (width < WIDTHS || width % WIDTHS != 0) {
            int near = Math.max(WIDTHS, width / WIDTHS * WIDTHS);
            throw new InputException(Words.of(
                            "U-Net: the width must be divisible by %d, got %d: choose for example %d.",
                            WIDTHS, width, near))
                    .about("model.width=" + near);
        }
        if (multipliers.isEmpty()
                || multipliers.size() > MOST_LEVELS
                || multipliers.stream().anyMatch(each -> each < 1)) {
            throw new InputException(Words.of(
                    "U-Net: model.multipliers must be 1 to %d whole numbers of 1 or more, got %s (such as [1, 2, 2]).",
                    MOST_LEVELS, multipliers));
        }
        if (blocks < 1 || blocks > MOST_BLOCKS) {
            throw new InputException(Words.of("U-Net: model.blocks must be 1 to %d, got %d.", MOST_BLOCKS, blocks));
        }
        int deepest = multipliers.size() - 1;
        if (attention.stream().anyMatch(level -> level < 0 || level > deepest)) {
            throw new InputException(Words.of(
                    "U-Net: model.attention lists levels from 0 (full size) to %d (innermost), got %s.",
                    deepest, attention));
        }
        if (patch < 1 || patch > Math.min(size.height(), size.width()) || Integer.bitCount(patch) != 1) {
            throw new InputException(Words.of(
                    "U-Net: model.patch must be a power of two up to the shorter side %d, such as 1 (none), 2 or 4, got %d.",
                    Math.min(size.height(), size.width()), patch));
        }
        if (!(dropout >= 0 && dropout < 1)) {
            throw new InputException("U-Net: model.dropout lies in [0, 1), got " + dropout + ".");
        }
        int reduction = patch << deepest;
        if (!size.divides(reduction)) {
            int wrong = size.height() % reduction == 0 ? size.width() : size.height();
            int below = Math.max(reduction, wrong / reduction * reduction);
            throw new InputException(Words.of(
                            "U-Net: height and width must be divisible by %d (a patch of %d and %d halvings), got %s. Resize the data to %d or %d, or take fewer model.multipliers.",
                            reduction, patch, deepest, size.word(), below, below + reduction))
                    .about("data.size=" + (below + reduction));
        }
    }

    /** Of a network that reads no text. */
    public ModernShape(
            int channels,
            Size size,
            int classes,
            int width,
            List<Integer> multipliers,
            int blocks,
            List<Integer> attention,
            int patch,
            Norm norm,
            double dropout) {
        this(channels, size, classes, width, multipliers, blocks, attention, patch, norm, dropout, 0);
    }

    /** The same network, told by a vector of {@code width} numbers and by states of as many channels. */
    public ModernShape reading(int width) {
        return new ModernShape(
                channels, size, width, this.width, multipliers, blocks, attention, patch, norm, dropout, width);
    }

    /** How many times smaller the innermost maps are. */
    public int reduction() {
        return patch << (levels() - 1);
    }

    int levels() {
        return multipliers.size();
    }

    /** Features of a level, from 0. */
    int features(int level) {
        return width * multipliers.get(level);
    }

    /** Size of the embedding of time and context. */
    int embedding() {
        return 4 * width;
    }
}
