package io.inkstone.recipe;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.nio.charset.Charset;
import java.util.Optional;

/** How the names of a zip are encoded that are not UTF-8, as a recipe says it. */
final class ZipNames {
    private ZipNames() {}

    /** The encoding of that name; empty where the zip's own way is taken. */
    static Optional<Charset> encoding(String name) {
        if (name.equals(DataColumns.FOUND)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Charset.forName(name));
        } catch (IllegalArgumentException unknown) {
            throw new InputException(Words.of(
                    "data.zipNames must be auto or an encoding such as GBK, windows-1252 or UTF-8, got '%s'.", name));
        }
    }
}
