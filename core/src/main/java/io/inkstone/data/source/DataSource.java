package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.data.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Opens what {@code --data} names: an embedded set, a file or a folder whose kind is found by looking at it. */
public final class DataSource {
    private DataSource() {}

    /**
     * Opens an embedded set by its name or else a path. A folder that is called like an embedded set is written {@code
     * ./avatars}.
     */
    public static DataSet open(String pathOrName) {
        Optional<Embedded> embedded = Embedded.named(pathOrName);
        return embedded.isPresent() ? embedded.get().open() : open(Path.of(pathOrName));
    }

    /** Opens a file or folder; every problem is a sentence. */
    public static DataSet open(Path path) {
        Folders.existing(path);
        try {
            return Files.isDirectory(path) ? folder(path) : file(path);
        } catch (IOException e) {
            throw new InputException("%s cannot be read: %s".formatted(path, e.getMessage()), e);
        }
    }

    private static DataSet file(Path path) throws IOException {
        if (Folders.extension(path.toString()).equals("npy")) {
            return DataSet.of(NpyPictures.open(path));
        }
        throw new InputException(path + " is no kind of data that can be read; give a .npy or a folder.");
    }

    private static DataSet folder(Path path) throws IOException {
        List<Path> arrays = Folders.files(path).stream()
                .filter(file -> Folders.extension(file.toString()).equals("npy") && !NpyPictures.isLabelFile(file))
                .toList();
        if (arrays.size() != 1) {
            throw new InputException(
                    "%s holds %d .npy files that could be pictures; one was expected.".formatted(path, arrays.size()));
        }
        return DataSet.of(NpyPictures.open(arrays.get(0)));
    }
}
