package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The folder in which data is looked for: a real one, or the inside of a zip.
 *
 * @param root the folder, perhaps inside a zip
 * @param name for logs and messages
 * @param above folders in which lists about the pictures may lie as well, nearest first
 * @param archive closed with the set; does nothing for a real folder
 */
record Origin(Path root, String name, List<Path> above, Runnable archive) {
    /** The most that is read of one encoded picture or one list. */
    static final long MOST_BYTES = 256L << 20;

    static Origin folder(Path folder) throws IOException {
        Path real = folder.toRealPath();
        List<Path> above = real.getParent() == null ? List.of() : List.of(real.getParent());
        return new Origin(real, folder.toString(), above, () -> {});
    }

    /** A list beside the pictures or above them, by its file name. */
    Optional<Path> list(String fileName) {
        List<Path> places = new ArrayList<>();
        places.add(root);
        places.addAll(above);
        return places.stream()
                .map(place -> place.resolve(fileName))
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** All pictures below {@code folder}, nested to any depth, in the order of their paths relative to it. */
    static List<Path> picturesBelow(Path folder) throws IOException {
        try (Stream<Path> all = Files.walk(folder)) {
            return all.filter(path ->
                            Folders.isPicture(path) && !isHiddenBelow(folder, path) && Files.isRegularFile(path))
                    .map(Folders::readable)
                    .sorted(Comparator.comparing(path -> relative(folder, path)))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean isHiddenBelow(Path folder, Path path) {
        for (Path part : folder.relativize(path)) {
            if (Folders.isHidden(part)) {
                return true;
            }
        }
        return false;
    }

    /** With forward slashes on every system. */
    static String relative(Path folder, Path path) {
        return folder.relativize(path).toString().replace('\\', '/');
    }

    /** The whole file, bounded: an entry of a zip may claim less than it unpacks to. */
    static byte[] bytes(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes((int) MOST_BYTES);
            if (bytes.length == MOST_BYTES && in.read() >= 0) {
                throw new InputException(Words.of(
                        "%s is larger than %d MB; no single picture or list is that large.", file, MOST_BYTES >> 20));
            }
            return bytes;
        }
    }

    static String text(Path file) throws IOException {
        return new String(bytes(file), StandardCharsets.UTF_8);
    }
}
