package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A folder and all below it, seen once. Links are followed; one that leads back to a folder above it is refused. Hidden
 * and helper folders are passed over.
 *
 * @param path the folder
 * @param pictures directly in it, sorted by name
 * @param others files directly in it that are no pictures, sorted by name
 * @param folders directly in it, sorted by name
 */
record Tree(Path path, List<Path> pictures, List<Path> others, List<Tree> folders) {

    static Tree of(Path folder, LeftOut left) throws IOException {
        return walk(folder, new HashSet<>(), left);
    }

    private static Tree walk(Path folder, Set<Path> above, LeftOut left) throws IOException {
        Path real = folder.toRealPath();
        if (!above.add(real)) {
            throw new InputException(
                    Words.of("%s is a link that leads back to %s, a folder above it. Remove the link.", folder, real));
        }
        List<Path> pictures = new ArrayList<>();
        List<Path> others = new ArrayList<>();
        List<Tree> folders = new ArrayList<>();
        for (Path path : entries(folder, left)) {
            boolean inside = Files.isDirectory(path);
            if (Folders.isHidden(path)) {
                if (inside) {
                    left.hidden(path);
                }
            } else if (inside) {
                folders.add(walk(path, above, left));
            } else if (!Files.exists(path)) {
                left.broken(path);
            } else {
                (Folders.isPicture(path) ? pictures : others).add(path);
            }
        }
        above.remove(real);
        return new Tree(folder, pictures, others, folders);
    }

    private static List<Path> entries(Path folder, LeftOut left) throws IOException {
        try (Stream<Path> list = Files.list(folder)) {
            return list.map(Folders::readable)
                    .sorted(Comparator.comparing(Folders::name))
                    .toList();
        } catch (AccessDeniedException denied) {
            left.unreadable(folder, "no permission");
            return List.of();
        }
    }

    String name() {
        return Folders.name(path);
    }

    /** Pictures here and below. */
    int count() {
        return pictures.size() + folders.stream().mapToInt(Tree::count).sum();
    }

    boolean hasPictures() {
        return !pictures.isEmpty() || folders.stream().anyMatch(Tree::hasPictures);
    }

    /** Whether something that may be data lies here or below. */
    boolean hasData() {
        return !pictures.isEmpty()
                || others.stream().anyMatch(Folders::isTable)
                || folders.stream().anyMatch(Tree::hasData);
    }

    /** All pictures here and below, in the order of their paths relative to this folder. */
    List<Path> all() {
        List<Path> all = new ArrayList<>(count());
        collect(all);
        all.sort(Comparator.comparing(file -> Origin.relative(path, file)));
        return all;
    }

    private void collect(List<Path> into) {
        into.addAll(pictures);
        folders.forEach(folder -> folder.collect(into));
    }

    /** Tells {@code left} of every file here and below that is no picture. */
    void sayOthers(LeftOut left) {
        others.forEach(left::other);
        folders.forEach(folder -> folder.sayOthers(left));
    }
}
