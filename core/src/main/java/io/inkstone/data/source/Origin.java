package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The folder in which data is looked for: a real one, or the inside of a zip.
 *
 * @param root the folder, perhaps inside a zip
 * @param above folders in which lists about the pictures may lie as well, nearest first
 * @param opening the place that was asked for, of which this is the whole or a part
 */
record Origin(Path root, List<Path> above, Opening opening) {
    /**
     * One place that is opened.
     *
     * @param base names of pictures are relative to it
     * @param name for logs and messages
     * @param options what was said about it
     * @param left what is no part of the data
     * @param archive closed with the set; does nothing for a real folder
     */
    record Opening(Path base, String name, DataOptions options, LeftOut left, Runnable archive) {}

    /** The most that is read of one encoded picture or one list. */
    static final long MOST_BYTES = 256L << 20;

    private static final String BYTE_ORDER_MARK = "\uFEFF";

    static Origin folder(Path folder, DataOptions options) throws IOException {
        Path real = folder.toRealPath();
        List<Path> above = real.getParent() == null ? List.of() : List.of(real.getParent());
        return new Origin(real, above, new Opening(real, folder.toString(), options, new LeftOut(), () -> {}));
    }

    /** A file that was pointed at, in its folder. */
    static Origin file(Path file, DataOptions options) throws IOException {
        Path folder = file.toRealPath().getParent();
        return new Origin(folder, List.of(), new Opening(folder, file.toString(), options, new LeftOut(), () -> {}));
    }

    /** A folder of this place. */
    Origin below(Path folder) {
        List<Path> higher = new ArrayList<>();
        higher.add(root);
        higher.addAll(above);
        return new Origin(folder, higher, opening);
    }

    String name() {
        return opening.name();
    }

    DataOptions options() {
        return opening.options();
    }

    LeftOut left() {
        return opening.left();
    }

    Runnable archive() {
        return opening.archive();
    }

    /** What messages call a folder or file of this place. */
    String nameOf(Path path) {
        String below = relative(opening.base(), path);
        return below.isEmpty() ? name() : name() + "/" + below;
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

    /** In UTF-8; a byte order mark, which editors on Windows write, is no part of it. */
    static String text(Path file) throws IOException {
        return text(bytes(file));
    }

    /** The same of bytes that were read. */
    static String text(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        return text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
    }
}
