package io.inkstone.data.source;

import io.inkstone.data.Split;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds pictures by what a table calls them: a path, a name, or a name without its ending. */
final class ListedFiles {
    private final Path root;
    private final Map<String, List<Path>> byPath = new HashMap<>();
    private final Map<String, List<Path>> byName = new HashMap<>();
    private final Map<String, List<Path>> byStem = new HashMap<>();

    ListedFiles(Path root, List<Path> files) {
        this.root = root;
        for (Path file : files) {
            String name = Folders.normal(Folders.name(file));
            put(byPath, Folders.normal(Origin.relative(root, file)), file);
            put(byName, name, file);
            put(byStem, stem(name), file);
        }
    }

    private static void put(Map<String, List<Path>> files, String name, Path file) {
        files.computeIfAbsent(name, key -> new ArrayList<>(1)).add(file);
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot <= 0 ? name : name.substring(0, dot);
    }

    /**
     * The pictures that a value may mean, those of a part only where they lie in no folder of another one; several where the
     * name alone does not tell.
     *
     * @param part that the table is of, where its own name says one
     */
    List<Path> named(String value, Optional<Split> part) {
        String path = Folders.normal(value.strip().replace('\\', '/').replaceFirst("^(\\.?/)+", ""));
        String name = path.substring(path.lastIndexOf('/') + 1);
        List<Path> all = first(path, name);
        if (all.size() < 2 && part.isEmpty()) {
            return all;
        }
        Split wanted = part.orElse(Split.TRAIN);
        List<Path> own = all.stream()
                .filter(file -> partOf(file).equals(Optional.of(wanted)))
                .toList();
        return !own.isEmpty()
                ? own
                : all.stream().filter(file -> partOf(file).isEmpty()).toList();
    }

    private List<Path> first(String path, String name) {
        if (name.isEmpty()) {
            return List.of();
        }
        List<Path> none = List.of();
        for (List<Path> found : List.of(
                byPath.getOrDefault(path, none),
                byName.getOrDefault(name, none),
                byStem.getOrDefault(name, none),
                byStem.getOrDefault(stem(name), none))) {
            if (!found.isEmpty()) {
                return found;
            }
        }
        return none;
    }

    /** By the first of a picture's folders that is called like a part. */
    Optional<Split> partOf(Path file) {
        String[] names = Origin.relative(root, file).split("/");
        for (int i = 0; i < names.length - 1; i++) {
            Optional<Split> part = PartName.of(names[i]);
            if (part.isPresent()) {
                return part;
            }
        }
        return Optional.empty();
    }

    /** The folder in which a picture lies, where that may be a class: not the root, and not called like a part. */
    Optional<String> folderOf(Path file) {
        Path folder = file.getParent();
        boolean plain = folder.equals(root) || PartName.of(Folders.name(folder)).isPresent();
        return plain ? Optional.empty() : Optional.of(Folders.name(folder));
    }
}
