package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the picture files of a place by what a list calls them; spellings of accents may differ. */
final class PictureNames {
    private final Origin origin;
    private final List<Path> all;
    private final Map<String, Path> normal = new HashMap<>();
    private final Map<String, Path> simple = new HashMap<>();

    PictureNames(Origin origin) throws IOException {
        this.origin = origin;
        this.all = Tree.of(origin.root(), origin.left()).all();
        Set<String> twice = new HashSet<>();
        Set<String> twiceCalled = new HashSet<>();
        for (Path file : all) {
            put(normal, Folders.normal(Origin.relative(origin.root(), file)), file, twice);
            put(simple, Folders.normal(Folders.name(file)), file, twiceCalled);
        }
    }

    /** A name that two files have means neither. */
    private static void put(Map<String, Path> names, String name, Path file, Set<String> twice) {
        if (twice.contains(name) || names.putIfAbsent(name, file) != null) {
            names.remove(name);
            twice.add(name);
        }
    }

    /** All pictures of the place, listed or not. */
    List<Path> all() {
        return all;
    }

    /** The path below the place of the only picture that is called so, in whatever folder. */
    Optional<String> anywhere(String name) {
        return Optional.ofNullable(simple.get(Folders.normal(name))).map(file -> Origin.relative(origin.root(), file));
    }

    /** The file that {@code written} in {@code row} means. */
    Path file(ListedRow row, String written) {
        String name = written.replace('\\', '/');
        Path file;
        try {
            file = origin.root().resolve(name).normalize();
        } catch (InvalidPathException e) {
            throw new InputException(Words.of("%s: %s is no name of a file.", row.where(), written), e);
        }
        if (!file.startsWith(origin.root())) {
            throw new InputException(Words.of("%s: the picture %s lies outside its folder.", row.where(), name));
        }
        if (Files.isRegularFile(file)) {
            return file;
        }
        Path same = normal.get(Folders.normal(Origin.relative(origin.root(), file)));
        if (same == null) {
            throw new InputException(
                    Words.of("%s: the picture %s is missing; add it or remove the line.", row.where(), name));
        }
        return same;
    }
}
