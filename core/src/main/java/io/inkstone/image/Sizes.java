package io.inkstone.image;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.Optional;

/**
 * Which sizes of pictures somebody takes: one alone, or all whose height and width are multiples of a number.
 *
 * @param only the single one; empty where there are several
 * @param step height and width are multiples of it; 1 takes all
 */
public record Sizes(Optional<Size> only, int step) {
    public static Sizes only(Size size) {
        return new Sizes(Optional.of(size), 1);
    }

    public static Sizes multiplesOf(int step) {
        return new Sizes(Optional.empty(), step);
    }

    /** The same of what is {@code by} times as large. */
    public Sizes times(int by) {
        return new Sizes(only.map(size -> size.times(by)), step * by);
    }

    public boolean takes(Size size) {
        return only.map(size::equals).orElseGet(() -> size.divides(step));
    }

    /**
     * Refuses other sizes, naming the nearest one that is taken; gives the size back.
     *
     * @param what takes them, as a sentence begins
     */
    public Size require(String what, Size size) {
        if (!takes(size)) {
            throw new InputException(
                    only.isPresent()
                            ? Words.of(
                                    "%s takes pictures of %s (width × height) alone, got %s.", what, only.get(), size)
                            : Words.of(
                                    "%s takes pictures whose height and width are divisible by %d, got %s (width × height). The nearest is %s.",
                                    what, step, size, size.nearest(step)));
        }
        return size;
    }
}
