package io.inkstone.diffusion;

import java.util.Arrays;
import java.util.List;

/** Which times a sampler visits: descending, ending at 0. */
public interface TimeGrid {
    /** {@code steps + 1} strictly descending times, the last one 0. */
    double[] times(int steps);

    /** The same as levels of {@code path}. */
    default List<Level> levels(NoisePath path, int steps) {
        return Arrays.stream(times(steps)).mapToObj(path::at).toList();
    }
}
