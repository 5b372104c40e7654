package io.inkstone.cli;

import io.inkstone.data.source.Embedded;
import java.nio.file.Path;

/** What {@code --data} names. */
final class Sources {
    private Sources() {}

    /** An embedded set's name as it is; a path made absolute, so that a run can go on from another folder. */
    static String absolute(String data) {
        return Embedded.named(data).isPresent()
                ? data
                : Path.of(data).toAbsolutePath().normalize().toString();
    }
}
