package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.image.PictureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Lists folders in an order that every machine agrees on. Hidden files are not seen. */
final class Folders {
    private static final Comparator<Path> BY_NAME =
            Comparator.comparing(path -> path.getFileName().toString());

    private Folders() {}

    /** Plain files directly in {@code folder}, sorted by name. */
    static List<Path> files(Path folder) throws IOException {
        return entries(folder).filter(Files::isRegularFile).toList();
    }

    /** Folders directly in {@code folder}, sorted by name. */
    static List<Path> folders(Path folder) throws IOException {
        return entries(folder).filter(Files::isDirectory).toList();
    }

    private static Stream<Path> entries(Path folder) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.filter(path -> !isHidden(path)).sorted(BY_NAME).toList().stream();
        }
    }

    static boolean isHidden(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".") || name.equals("__MACOSX");
    }

    /** Whether the name ends like that of a kind of picture that is read. */
    static boolean isPicture(String name) {
        return PictureKind.ofEnding(extension(name)).filter(PictureKind::isRead).isPresent();
    }

    static boolean isPicture(Path file) {
        return file.getFileName() != null && isPicture(file.getFileName().toString());
    }

    /** Lower case, without the dot; empty if there is none. */
    static String extension(String name) {
        int dot = name.lastIndexOf('.');
        return dot < 0 ? "" : name.substring(dot + 1).toLowerCase(Locale.ROOT);
    }

    /** The path, or a sentence that says what lies nearby. */
    static Path existing(Path path) {
        if (Files.exists(path)) {
            return path;
        }
        Path near = path.toAbsolutePath().normalize().getParent();
        while (near != null && !Files.isDirectory(near)) {
            near = near.getParent();
        }
        throw new InputException("There is no %s.%s".formatted(path, near == null ? "" : nearby(near)));
    }

    private static String nearby(Path folder) {
        try {
            List<String> names = entries(folder)
                    .limit(8)
                    .map(path -> path.getFileName() + (Files.isDirectory(path) ? "/" : ""))
                    .toList();
            String what = names.isEmpty() ? "nothing" : String.join(", ", names) + (names.size() == 8 ? ", …" : "");
            return " The folder %s holds %s.".formatted(folder, what);
        } catch (IOException e) {
            return "";
        }
    }
}
