package io.inkstone.data.source;

import java.util.List;

/**
 * One column of a table of pictures.
 *
 * @param path its name, below that of a struct that holds it
 * @param kind what its values are
 * @param list whether a row holds several of them
 * @param words what its type is called, for messages
 */
record TableColumn(List<String> path, Kind kind, boolean list, String words) {
    /** What values are, as far as it matters here. */
    enum Kind {
        TEXT,
        BYTES,
        NUMBER,
        TIME,
        OTHER
    }

    /** The name of the whole column. */
    String top() {
        return path.get(0);
    }

    /** Its own name in a struct. */
    String last() {
        return path.get(path.size() - 1);
    }

    boolean isNested() {
        return path.size() > 1;
    }

    /** Texts, and bytes that may be some. */
    boolean isBinary() {
        return kind == Kind.TEXT || kind == Kind.BYTES;
    }
}
