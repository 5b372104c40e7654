package io.inkstone.data;

import io.inkstone.image.Pixels;

/**
 * Pictures with random access, each at its own size. Safe for several threads. A picture that cannot be read is an {@link
 * io.inkstone.InputException} from {@link #pixels}; everything else about the set was checked when it was opened.
 */
public interface PictureSet extends AutoCloseable {
    DataInfo info();

    /** Decodes picture {@code index} in [0, count). */
    Pixels pixels(int index);

    /** Name, context and caption of picture {@code index} in [0, count), without decoding it. */
    Entry entry(int index);

    default int count() {
        return info().count();
    }

    /** Lets go of files; most sets hold none. */
    @Override
    default void close() {}
}
