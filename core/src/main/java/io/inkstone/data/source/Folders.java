package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.image.PictureKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/** Lists folders in an order that every machine agrees on. Hidden files are not seen. */
final class Folders {
    /** Endings of files that hold many pictures. */
    private static final Set<String> TABLES = Set.of("parquet", "npy", "npz", "tar", "tgz", "arrow", "bin");
    /** Folders and files that programs make for themselves: macOS, Synology, QNAP, Windows, Python. */
    private static final Set<String> HELPERS = Set.of(
            "__macosx",
            "@eadir",
            "#recycle",
            "#snapshot",
            "@recycle",
            "@recently-snapshot",
            "$recycle.bin",
            "system volume information",
            "lost+found",
            "__pycache__",
            "thumbs.db",
            "ehthumbs.db",
            "desktop.ini");

    private static final Comparator<Path> BY_NAME = Comparator.comparing(Folders::name);

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
            return list.filter(path -> !isHidden(path)).map(Folders::readable).sorted(BY_NAME).toList().stream();
        }
    }

    /** Where Java was started without a locale, it cannot tell names beyond ASCII apart, let alone open such files. */
    static Path readable(Path path) {
        boolean lost =
                path.getFileName() != null && path.getFileName().toString().indexOf('\uFFFD') >= 0;
        if (lost && !"UTF-8".equals(System.getProperty("sun.jnu.encoding"))) {
            throw new InputException(Words.of(
                    "%s holds names with letters that this Java cannot read, because it runs with file names in %s. Start it with a locale: LC_ALL=C.UTF-8.",
                    path.getParent(), System.getProperty("sun.jnu.encoding")));
        }
        return path;
    }

    /** Whether it is hidden, or made by a program for itself. */
    static boolean isHidden(Path path) {
        String name = name(path);
        return name.startsWith(".") || HELPERS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** The last part of a path; folders of a zip end with a slash, which is no part of it. */
    static String name(Path path) {
        String name = path.getFileName().toString();
        return name.endsWith("/") ? name.substring(0, name.length() - 1) : name;
    }

    /** The same letters in one spelling: an accent may be part of its letter or follow it. */
    static String normal(String name) {
        return Normalizer.normalize(name, Normalizer.Form.NFC);
    }

    /** Whether the name ends like that of a file of many pictures. */
    static boolean isTable(Path file) {
        return TABLES.contains(extension(name(file)));
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
        throw new InputException(Words.of("There is no %s.%s", path, near == null ? "" : nearby(near)));
    }

    private static String nearby(Path folder) {
        try {
            List<String> names = entries(folder)
                    .limit(8)
                    .map(path -> path.getFileName() + (Files.isDirectory(path) ? "/" : ""))
                    .toList();
            String what = names.isEmpty() ? "nothing" : String.join(", ", names) + (names.size() == 8 ? ", …" : "");
            return Words.of(" The folder %s holds %s.", folder, what);
        } catch (IOException e) {
            return "";
        }
    }
}
