package io.inkstone.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Finds the folder of larger test data that lies beside a checkout, and skips a test with a word where it is missing. */
public final class SharedData {
    private SharedData() {}

    /** {@code shared/data/name} beside the working directory or any folder above it. */
    public static Path path(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            Path found = folder.resolve("shared/data").resolve(name);
            if (Files.exists(found)) {
                return found;
            }
            folder = folder.getParent();
        }
        Assumptions.assumeTrue(false, "skipped: no shared/data/" + name + " beside this checkout");
        throw new AssertionError();
    }
}
