package io.inkstone.models.draw;

import io.inkstone.Words;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which of many classes are shown where a row each would be too many: of a thousand some that are spread over all of them,
 * always the same.
 */
public final class ShownClasses {
    /** At most so many rows of a grid, and classes that are measured by drawing some of each. */
    public static final int MOST = 64;

    private ShownClasses() {}

    /** Their places, ascending; all of up to {@link #MOST} classes. */
    public static List<Integer> of(int classes) {
        return of(classes, false);
    }

    /** The same, or all of them. */
    public static List<Integer> of(int classes, boolean all) {
        int shown = all ? classes : Math.min(MOST, classes);
        return IntStream.range(0, shown)
                .mapToObj(i -> (int) ((long) i * classes / shown))
                .toList();
    }

    /** Their names. */
    public static List<String> names(List<String> classes) {
        return of(classes.size()).stream().map(classes::get).toList();
    }

    /** A sentence for so many classes that some are not shown. */
    public static Optional<String> words(int classes) {
        return classes <= MOST
                ? Optional.empty()
                : Optional.of(Words.of(
                        "Grids and the figures of drawn pictures show %d of the %,d classes, spread over all of them.",
                        MOST, classes));
    }
}
