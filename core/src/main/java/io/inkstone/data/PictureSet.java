package io.inkstone.data;

import io.inkstone.image.Background;
import io.inkstone.image.Pixels;
import java.util.stream.IntStream;

/**
 * Pictures with random access, each at its own size. Safe for several threads. A picture that cannot be read is an {@link
 * io.inkstone.InputException} from {@link #pixels}; everything else about the set was checked when it was opened.
 */
public interface PictureSet extends AutoCloseable {
    DataInfo info();

    /** Decodes picture {@code index} in [0, count). */
    Pixels pixels(int index);

    /**
     * The same over another colour than white where the picture is transparent. Sets of encoded pictures and views of other
     * sets answer it; where the pictures have no transparency any more, there is nothing to lay under them.
     */
    default Pixels pixels(int index, Background background) {
        return pixels(index);
    }

    /** Name, context and caption of picture {@code index} in [0, count), without decoding it. */
    Entry entry(int index);

    /**
     * The bytes by which picture {@code index} in [0, count) is known whatever it is called: its file where it is one, else its
     * values. Nothing is decoded that need not be.
     */
    default byte[] content(int index) {
        return pixels(index).data();
    }

    default int count() {
        return info().count();
    }

    /** At most so many indices, from the first picture to the last, evenly: a set may be sorted by class. */
    default IntStream spread(int most) {
        int all = count();
        int some = Math.min(most, all);
        return IntStream.range(0, some).map(i -> (int) ((long) i * all / some));
    }

    /** Lets go of files; most sets hold none. */
    @Override
    default void close() {}
}
