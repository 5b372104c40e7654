package io.inkstone;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A file that is short enough to hold in the head holds one concept; a longer one is divided by ideas. */
class FileLengthTest {
    private static final int MOST_LINES = 250;
    private static final Path PROJECT = Path.of("..");

    @Test
    void noSourceIsLongerThanFitsTheHead() throws IOException {
        List<Path> sources = sources();
        assertThat(sources).hasSizeGreaterThan(500);
        assertThat(sources.stream().filter(file -> lines(file) > MOST_LINES))
                .as("Files of more than %d lines: divide each by ideas", MOST_LINES)
                .isEmpty();
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> all = Files.walk(PROJECT)) {
            return all.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !PROJECT.relativize(file).toString().contains("target"))
                    .toList();
        }
    }

    private static long lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.count();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
