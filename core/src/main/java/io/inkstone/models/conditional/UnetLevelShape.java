package io.inkstone.models.conditional;

import io.inkstone.InputException;
import io.inkstone.Words;

/**
 * One resolution of the U-Net, on its way down and on its mirror way up.
 *
 * @param width channels
 * @param blocks residual blocks on the way down; one more on the way up
 * @param attends whether a transformer, or a look at itself, follows every residual block on the way down
 * @param attendsUp the same on the way up
 * @param heads of every attention
 * @param depth blocks of every transformer; 0 without
 * @param told channels of the states that cross-attention sees; 0 for a network that reads no text
 */
public record UnetLevelShape(
        int width, int blocks, boolean attends, boolean attendsUp, int heads, int depth, int told) {
    public UnetLevelShape {
        if (width % heads != 0) {
            throw new InputException(Words.of("U-Net: %d channels do not divide into %d heads.", width, heads));
        }
    }

    /** Of a network that is told nothing but the time. */
    static UnetLevelShape alone(int width, int blocks, boolean attends, boolean attendsUp, int heads) {
        return new UnetLevelShape(width, blocks, attends, attendsUp, heads, 0, 0);
    }

    /** Whether its transformers look at a text; others look at themselves alone. */
    boolean reads() {
        return told > 0;
    }
}
