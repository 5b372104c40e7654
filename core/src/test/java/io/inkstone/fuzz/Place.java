package io.inkstone.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A folder that is emptied before each input. */
final class Place {
    private final Path folder;

    Place(Path folder) {
        this.folder = folder;
    }

    Path file(String name, byte[] content) {
        try {
            return Files.write(folder.resolve(name), content);
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    void remove() throws IOException {
        empty();
        Files.delete(folder);
    }

    void empty() throws IOException {
        try (var files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
        }
    }
}
