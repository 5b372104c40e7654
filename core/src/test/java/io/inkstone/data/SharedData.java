package io.inkstone.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Finds the folder of larger test data that lies beside a checkout, and skips a test with a word where it is missing. */
public final class SharedData {
    private SharedData() {}

    /** {@code shared/data/name} beside the working directory or any folder above it. */
    public static Path path(String name) {
        return find("shared/data/" + name);
    }

    /** {@code shared/cases/name}: small inputs as people have them. */
    public static Path situation(String name) {
        return find("shared/cases/" + name);
    }

    private static Path find(String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            Path found = folder.resolve(name);
            if (Files.exists(found)) {
                return found;
            }
            folder = folder.getParent();
        }
        Assumptions.assumeTrue(false, "skipped: no " + name + " beside this checkout");
        throw new AssertionError();
    }
}
