package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataSet;
import io.inkstone.data.PackedCache;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Opens what {@code --data} names: an embedded set, a file or a folder whose kind is found by looking at it. */
public final class DataSource {
    private static final String KINDS =
            "IDX files, metadata.jsonl, *.parquet, a .npy of pictures, class folders or pictures";

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
            if (!Files.isDirectory(path)) {
                return file(path);
            }
            Origin origin = Origin.folder(path);
            return only(origin, look(origin)).opener().open();
        } catch (IOException e) {
            throw new InputException(Words.of("%s cannot be read: %s", path, e.getMessage()), e);
        }
    }

    private static DataSet file(Path path) throws IOException {
        if (IdxPictures.isImages(path)) {
            return IdxPictures.open(path);
        }
        return switch (Folders.extension(path.toString())) {
            case "npy" -> DataSet.of(NpyPictures.open(path));
            case "zip" -> zip(path);
            case "parquet" -> ParquetPictures.open(path.toString(), List.of(path));
            case PackedCache.EXTENSION -> DataSet.of(PackedCache.open(path));
            default ->
                throw new InputException(Words.of(
                        "%s is no kind of data that can be read; give a .npy, .zip, .parquet or .%s file, an IDX file of pictures, or a folder.",
                        path, PackedCache.EXTENSION));
        };
    }

    private static DataSet zip(Path path) throws IOException {
        Origin origin = ZipOrigin.open(path);
        try {
            return only(origin, look(origin)).opener().open();
        } catch (IOException | RuntimeException e) {
            origin.archive().run();
            throw e;
        }
    }

    /** What lies in a place, in the order of the contract. */
    static List<Finding> look(Origin origin) throws IOException {
        List<Finding> found = new ArrayList<>();
        IdxPictures.find(origin).ifPresent(found::add);
        Optional<Finding> captions = CaptionFolder.find(origin);
        captions.ifPresent(found::add);
        ParquetPictures.find(origin).ifPresent(found::add);
        NpyPictures.find(origin).ifPresent(found::add);
        if (captions.isPresent()) {
            return found; // the pictures here and below are those of the list
        }
        Optional<Finding> here = PictureFolder.findHere(origin);
        boolean listed = Files.isRegularFile(origin.root().resolve(CelebaLists.ATTRIBUTES));
        Optional<Finding> classes = listed ? Optional.empty() : ClassFolders.find(origin);
        classes.ifPresent(found::add);
        here.ifPresent(found::add);
        if (found.isEmpty()) {
            PictureFolder.findBelow(origin).ifPresent(found::add);
        }
        return found;
    }

    private static Finding only(Origin origin, List<Finding> found) throws IOException {
        if (found.size() > 1) {
            Finding a = found.get(0);
            Finding b = found.get(1);
            throw new InputException(Words.of(
                    "%s holds two kinds of data: %s and %s. For the first point at %s, for the second at %s.",
                    origin.name(), a, b, a.pointer(), b.pointer()));
        }
        if (found.isEmpty()) {
            throw new InputException(Words.of(
                    "%s holds no data that can be read: %s were looked for. It has %s.%s",
                    origin.name(),
                    KINDS,
                    contents(origin),
                    UnreadPictures.below(origin.root())
                            .map(words -> " " + words)
                            .orElse("")));
        }
        return found.get(0);
    }

    private static String contents(Origin origin) throws IOException {
        List<Path> files = Folders.files(origin.root());
        String names = Stream.concat(
                        Folders.folders(origin.root()).stream().map(folder -> folder.getFileName() + "/"),
                        files.stream().map(file -> file.getFileName().toString()))
                .limit(8)
                .collect(Collectors.joining(", "));
        String hint = files.stream()
                .filter(file -> Folders.extension(file.toString()).equals("zip"))
                .findFirst()
                .map(file -> "; to use " + file.getFileName() + " point at it")
                .orElse("");
        return (names.isEmpty() ? "nothing" : names) + hint;
    }
}
