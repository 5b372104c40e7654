package io.inkstone.measure;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/** Whether two names of data are of one place. */
final class SamePlace {
    private SamePlace() {}

    static boolean of(String pictures, String real) {
        if (pictures.equals(real)) {
            return true;
        }
        try {
            Path one = Path.of(pictures);
            Path other = Path.of(real);
            return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
        } catch (InvalidPathException | IOException noPath) {
            return false;
        }
    }
}
