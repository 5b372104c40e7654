package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipError;

/**
 * The inside of a zip as a folder. Nothing is unpacked to the disk, so names with ".." lead nowhere; what is read of an
 * entry is bounded by {@link Origin#MOST_BYTES}, so a bomb is a damaged picture.
 */
final class ZipOrigin {
    /** What names are written in that are marked as nothing else: APPNOTE 6.3, appendix D. */
    private static final String STANDARD = "IBM437";

    private static final String NAMELESS = "its list of entries is damaged, or one of them has no name";

    private ZipOrigin() {}

    static Origin open(Path zip, DataOptions options) throws IOException {
        LeftOut left = new LeftOut();
        FileSystem inside = mount(zip, options, left);
        if (!Files.isDirectory(inside.getPath("/")) || hasEmptyLetters(inside)) {
            inside.close();
            throw unreadable(zip, NAMELESS, null);
        }
        Optional<Path> copy = Optional.empty();
        if (ZipBackslashes.isIn(inside.getPath("/"))) {
            inside.close();
            copy = Optional.of(ZipBackslashes.mended(zip));
            inside = mount(copy.get(), options, left);
            left.note(Words.of("Names in %s have backslashes; they were read as folders.", zip.getFileName()));
        }
        return in(zip, inside, copy, new Said(options, left));
    }

    /** Paths that Java's own reader hands out and then refuses, as soon as they are told relative to a folder. */
    private static boolean hasEmptyLetters(FileSystem inside) throws IOException {
        try (Stream<Path> all = Files.walk(inside.getPath("/"))) {
            return all.anyMatch(path -> path.toString().indexOf('\0') >= 0);
        }
    }

    private record Said(DataOptions options, LeftOut left) {}

    private static Origin in(Path zip, FileSystem inside, Optional<Path> copy, Said said) throws IOException {
        Runnable close = () -> close(inside, copy);
        try {
            Path root = inside.getPath("/");
            List<Path> folders = Folders.folders(root);
            if (folders.size() == 1 && Folders.files(root).isEmpty() && !isHeldOut(folders.get(0))) {
                root = folders.get(0);
            }
            List<Path> above = List.of(inside.getPath("/"), zip.toRealPath().getParent());
            return new Origin(
                    root, above, new Origin.Opening(root, zip.toString(), said.options(), said.left(), close));
        } catch (IOException | RuntimeException e) {
            close.run();
            throw e;
        }
    }

    private static boolean isHeldOut(Path folder) {
        return PartName.of(Folders.name(folder))
                .filter(part -> part != Split.TRAIN)
                .isPresent();
    }

    private static FileSystem mount(Path zip, DataOptions options, LeftOut left) throws IOException {
        try {
            return FileSystems.newFileSystem(zip, Map.of("encoding", "UTF-8"));
        } catch (IOException | ProviderNotFoundException | ZipError e) {
            if (String.valueOf(e.getMessage()).contains("bad entry name")) {
                return inOtherLetters(zip, options, left);
            }
            throw unreadable(zip, e.getMessage(), e);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            // What Java's own reader says of an entry without a name, and of some lengths that cannot be.
            throw unreadable(zip, NAMELESS, e);
        }
    }

    /** Names that are not UTF-8: in what a person says, else in the standard's own letters where that makes sense. */
    private static FileSystem inOtherLetters(Path zip, DataOptions options, LeftOut left) throws IOException {
        String encoding = options.zipNames().map(Charset::name).orElse(STANDARD);
        FileSystem inside;
        try {
            inside = FileSystems.newFileSystem(zip, Map.of("encoding", encoding));
        } catch (IOException | ProviderNotFoundException | IndexOutOfBoundsException | ZipError e) {
            throw new InputException(
                    Words.of(
                            "Names in %s are not in %s: %s. Say in which (data.zipNames=GBK).",
                            zip, encoding, e.getMessage()),
                    e);
        }
        try (Stream<Path> all = Files.walk(inside.getPath("/"))) {
            List<String> strange =
                    all.map(Path::toString).filter(ZipOrigin::hasLines).limit(3).toList();
            if (!strange.isEmpty() && options.zipNames().isEmpty()) {
                inside.close();
                throw new InputException(Words.of(
                        "Names in %s are neither UTF-8 nor %s (they would read %s). Say in which encoding they are (data.zipNames=GBK), or unpack it and point at the folder.",
                        zip, STANDARD, String.join(", ", strange)));
            }
        }
        left.note(Words.of("Names in %s are not UTF-8; they were read as %s.", zip.getFileName(), encoding));
        return inside;
    }

    /** Lines and blocks of old screens: no letters, so these names were written in other letters. */
    private static boolean hasLines(String name) {
        return name.chars().anyMatch(letter -> letter >= 0x2500 && letter <= 0x259F);
    }

    private static InputException unreadable(Path zip, String why, Throwable e) {
        return new InputException(
                Words.of("%s is not a zip archive that can be read (%s). Fetch or pack it again.", zip, why), e);
    }

    private static void close(FileSystem inside, Optional<Path> copy) {
        try {
            inside.close();
            if (copy.isPresent()) {
                Files.deleteIfExists(copy.get());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
