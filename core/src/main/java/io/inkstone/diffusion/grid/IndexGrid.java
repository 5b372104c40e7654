package io.inkstone.diffusion.grid;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.diffusion.TimeGrid;
import java.util.Arrays;

/** A grid of indices of a table with T levels; the times are i/T. */
public interface IndexGrid extends TimeGrid {
    /** T. */
    int levels();

    /** {@code steps + 1} strictly descending table indices, the last one 0. */
    int[] indices(int steps);

    @Override
    default double[] times(int steps) {
        return Arrays.stream(indices(steps))
                .mapToDouble(index -> (double) index / levels())
                .toArray();
    }

    /** Refuses more steps than there are levels. */
    static void requireSteps(int steps, int levels) {
        if (steps < 1 || steps > levels) {
            throw new InputException(Words.of(
                    "This model has %d noise levels: choose 1 to %d sampling steps, got %d.", levels, levels, steps));
        }
    }
}
