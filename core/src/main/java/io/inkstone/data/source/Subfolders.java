package io.inkstone.data.source;

import io.inkstone.Counted;
import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Says in words what lies in a place and in the folders below it. */
final class Subfolders {
    private Subfolders() {}

    /** Every folder directly below, with what it holds; empty for a file. */
    static Map<String, String> of(Path path) {
        Map<String, String> below = new LinkedHashMap<>();
        if (!Files.isDirectory(path)) {
            return below;
        }
        try {
            for (Path folder : Folders.folders(path)) {
                String kind = kind(folder);
                below.put(folder.getFileName().toString(), kind.isEmpty() ? files(folder) : kind);
            }
            return below;
        } catch (IOException e) {
            throw new InputException(Words.of("%s cannot be read: %s", path, e.getMessage()), e);
        }
    }

    /** The kind of a file or folder in words; two kinds with "and"; empty if there is none. */
    static String kind(Path path) {
        try {
            if (!Files.isDirectory(path)) {
                return path.getFileName().toString();
            }
            List<Finding> found = DataSource.look(Origin.folder(path, DataOptions.FOUND));
            return found.stream().map(Finding::toString).collect(Collectors.joining(" and "));
        } catch (InputException e) {
            return e.getMessage();
        } catch (IOException e) {
            throw new InputException(Words.of("%s cannot be read: %s", path, e.getMessage()), e);
        }
    }

    private static String files(Path folder) throws IOException {
        int files = Folders.files(folder).size();
        int folders = Folders.folders(folder).size();
        return Words.of("no data; %s and %s", Counted.of(files, "file"), Counted.of(folders, "folder"));
    }
}
