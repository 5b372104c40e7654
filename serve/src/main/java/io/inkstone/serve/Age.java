package io.inkstone.serve;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/** How long ago files were written. */
final class Age {
    private Age() {}

    /** False also for what is gone. */
    static boolean isOlder(Path file, Duration age) {
        if (age.isZero()) {
            return true;
        }
        try {
            return Files.getLastModifiedTime(file)
                    .toInstant()
                    .isBefore(Instant.now().minus(age));
        } catch (IOException gone) {
            return false;
        }
    }
}
