package io.inkstone.data.source;

import io.inkstone.Words;
import io.inkstone.data.DataSet;
import java.io.IOException;

/**
 * One kind of data seen in a place, not opened yet.
 *
 * @param kind what it is
 * @param seen for messages, such as {@code train-images-idx3-ubyte.gz}
 * @param pointer the path that means this and nothing else
 * @param opener opens it
 */
record Finding(Kind kind, String seen, String pointer, Opener opener) {
    /** The kinds, in the order in which they are looked for. */
    enum Kind {
        IDX("IDX files"),
        CAPTIONS("pictures with a list"),
        PARQUET("Parquet files"),
        ARROW("Arrow files"),
        TAR("tars of pictures"),
        CIFAR("batches of CIFAR"),
        NPZ("a NumPy archive of pictures"),
        NPY("a NumPy array of pictures"),
        PARTS("parts of a set"),
        CLASSES("class folders"),
        PICTURES("pictures");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    interface Opener {
        DataSet open() throws IOException;
    }

    @Override
    public String toString() {
        return Words.of("%s (%s)", kind.words(), seen);
    }
}
