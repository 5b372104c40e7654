package io.inkstone.cli;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Names for run directories that nobody named. */
final class RunPath {
    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss", Locale.ROOT);

    private RunPath() {}

    /** {@code runs/sprites-20261121-101500} for a shipped name or a YAML file. */
    static Path fresh(String recipe) {
        return Path.of("runs", name(recipe) + "-" + LocalDateTime.now().format(STAMP));
    }

    /** A recipe's name, whether it ships or is a file. */
    static String name(String recipe) {
        return Path.of(recipe).getFileName().toString().replaceAll("\\.ya?ml$", "");
    }
}
