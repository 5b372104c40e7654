package io.inkstone.data;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** Finds the folder of larger test data that lies beside a checkout, and skips a test with a word where it is missing. */
public final class SharedData {
    private SharedData() {}

    /** {@code shared/data/name} beside the working directory or any folder above it. */
    public static Path path(String name) {
        return find("data", name);
    }

    /** A small input as people have them: {@code shared/cases/name}. */
    public static Path situation(String name) {
        return find("cases", name);
    }

    private static Path find(String kind, String name) {
        Path folder = Path.of("").toAbsolutePath();
        while (folder != null) {
            Path found = folder.resolve("shared").resolve(kind).resolve(name);
            if (Files.exists(found)) {
                return found;
            }
            folder = folder.getParent();
        }
        Assumptions.assumeTrue(false, "skipped: no shared/" + kind + "/" + name + " beside this checkout");
        throw new AssertionError();
    }
}
