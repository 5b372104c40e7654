package io.inkstone.data.source;

import io.inkstone.Counted;
import io.inkstone.Words;
import io.inkstone.data.DataSet;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** A folder per class, pictures in it or deeper; the folders' names, sorted, are the classes. */
final class ClassFolders {
    private ClassFolders() {}

    /**
     * Two or more folders with pictures, one of them directly; a single one is a nested folder of pictures, not a class,
     * and folders that hold only folders are no classes either.
     */
    static Optional<Finding> find(Origin origin, Tree tree) {
        List<Tree> classes = tree.folders().stream()
                .filter(folder -> folder.hasPictures() && !CaptionFolder.isAt(folder.path()))
                .toList();
        return classes.size() < 2
                        || classes.stream().allMatch(folder -> folder.pictures().isEmpty())
                ? Optional.empty()
                : Optional.of(finding(origin, tree, classes));
    }

    /** Folders that are all called like known classes, perhaps a single one. */
    static Optional<Finding> findKnown(Origin origin, Tree tree, List<String> known) {
        List<Tree> classes = tree.folders().stream().filter(Tree::hasData).toList();
        boolean all = !classes.isEmpty()
                && tree.pictures().isEmpty()
                && classes.stream().allMatch(folder -> folder.hasPictures() && known.contains(folder.name()));
        return all ? Optional.of(finding(origin, tree, classes)) : Optional.empty();
    }

    private static Finding finding(Origin origin, Tree tree, List<Tree> classes) {
        String first =
                classes.stream().limit(2).map(folder -> folder.name() + "/").collect(Collectors.joining(", "));
        String seen = classes.size() > 2 ? first + ", …" : first;
        return new Finding(
                Finding.Kind.CLASSES, seen, "a folder that holds only them", () -> open(origin, tree, classes));
    }

    private static DataSet open(Origin origin, Tree tree, List<Tree> classes) throws IOException {
        List<Path> files = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        for (int k = 0; k < classes.size(); k++) {
            for (Path file : classes.get(k).all()) {
                files.add(file);
                owners.add(k);
            }
        }
        say(origin.left(), tree, classes);
        List<String> names = classes.stream().map(Tree::name).toList();
        Labels labels = Labels.ofClasses(owners.stream().mapToInt(k -> k).toArray(), names);
        Sidecars texts = Sidecars.of(tree, files, origin.left());
        return DataSet.of(EncodedPictures.ofFiles(origin, files, labels, texts));
    }

    private static void say(LeftOut left, Tree tree, List<Tree> classes) {
        List<String> empty = tree.folders().stream()
                .filter(folder -> !classes.contains(folder))
                .map(folder -> folder.name() + "/")
                .toList();
        if (!empty.isEmpty()) {
            left.note(Words.of(
                    "No classes, because they hold no pictures or a list of their own: %s (%s).",
                    Counted.of(empty.size(), "folder"),
                    String.join(", ", empty.subList(0, Math.min(6, empty.size())))));
        }
        classes.stream()
                .filter(folder -> PartName.of(folder.name()).isPresent())
                .forEach(folder -> left.note(Words.of(
                        "%s/ is taken as a class, not as a part, because of the folders beside it.", folder.name())));
    }
}
