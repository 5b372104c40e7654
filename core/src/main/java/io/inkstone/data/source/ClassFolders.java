package io.inkstone.data.source;

import io.inkstone.Words;
import io.inkstone.data.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A folder per class, pictures one level down; the folders' names, sorted, are the classes. */
final class ClassFolders {
    private ClassFolders() {}

    /** Two or more folders with pictures; a single one is a nested folder of pictures, not a class. */
    static Optional<Finding> find(Origin origin) throws IOException {
        List<Path> classes = new ArrayList<>();
        for (Path folder : Folders.folders(origin.root())) {
            boolean ownKind = Files.isRegularFile(folder.resolve(CaptionFolder.LIST));
            if (!ownKind && Folders.files(folder).stream().anyMatch(Folders::isPicture)) {
                classes.add(folder);
            }
        }
        if (classes.size() < 2) {
            return Optional.empty();
        }
        String seen = Words.of(
                "%s/, %s/%s",
                classes.get(0).getFileName(), classes.get(1).getFileName(), classes.size() > 2 ? ", …" : "");
        return Optional.of(
                new Finding(Finding.Kind.CLASSES, seen, "a folder that holds only them", () -> open(origin, classes)));
    }

    private static DataSet open(Origin origin, List<Path> classes) throws IOException {
        List<Path> files = new ArrayList<>();
        List<Integer> owners = new ArrayList<>();
        for (int k = 0; k < classes.size(); k++) {
            for (Path file : Origin.picturesBelow(classes.get(k))) {
                files.add(file);
                owners.add(k);
            }
        }
        List<String> names = classes.stream().map(ClassFolders::className).toList();
        Labels labels = Labels.ofClasses(owners.stream().mapToInt(k -> k).toArray(), names);
        return DataSet.of(EncodedPictures.ofFiles(origin, files, labels));
    }

    /** Folders of a zip end with a slash. */
    private static String className(Path folder) {
        return folder.getFileName().toString().replace("/", "");
    }
}
