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

/**
 * Opens what {@code --data} names: an embedded set, a file or a folder whose kind is found by looking at it. What is left
 * out is said in the notes of the set.
 *
 * @since 0.1
 */
public final class DataSource {
    private static final String KINDS =
            "IDX files, lists of captions, *.parquet, *.arrow, a .npy or .npz of pictures, tars, parts such as train/ and test/, class folders or pictures";

    private DataSource() {}

    /**
     * Opens an embedded set by its name or else a path. A folder that is called like an embedded set is written {@code
     * ./avatars}.
     */
    public static DataSet open(String pathOrName) {
        return open(pathOrName, DataOptions.FOUND);
    }

    /** The same with what a person says about it. */
    public static DataSet open(String pathOrName, DataOptions options) {
        Optional<Embedded> embedded = Embedded.named(pathOrName);
        return embedded.isPresent() ? embedded.get().open() : open(Path.of(pathOrName), options);
    }

    /** Opens a file or folder; every problem is a sentence. */
    public static DataSet open(Path path) {
        return open(path, DataOptions.FOUND);
    }

    /** The same with what a person says about it. */
    public static DataSet open(Path path, DataOptions options) {
        Folders.existing(path);
        try {
            return Files.isDirectory(path) ? open(Origin.folder(path, options)) : file(path, options);
        } catch (IOException e) {
            throw new InputException(Words.of("%s cannot be read: %s", path, e.getMessage()), e);
        }
    }

    private static DataSet open(Origin origin) throws IOException {
        return in(origin, place -> only(place, look(place)).opener().open());
    }

    private interface Opener {
        DataSet open(Origin origin) throws IOException;
    }

    private static DataSet in(Origin origin, Opener opener) throws IOException {
        return NotedPictures.noted(opener.open(origin), origin.left().notes());
    }

    private static DataSet file(Path path, DataOptions options) throws IOException {
        if (IdxPictures.isImages(path)) {
            return IdxPictures.open(path);
        }
        if (TarPictures.isTar(path)) {
            return in(Origin.file(path, options), origin -> TarPictures.open(origin, List.of(path)));
        }
        return switch (Folders.extension(path.toString())) {
            case "npy" -> in(Origin.file(path, options), origin -> DataSet.of(NpyPictures.open(path, origin.left())));
            case "npz" -> in(Origin.file(path, options), origin -> NpzPictures.open(origin, path));
            case "zip" -> zip(path, options);
            case "parquet" -> in(Origin.file(path, options), origin -> ParquetPictures.open(origin, List.of(path)));
            case "arrow" -> in(Origin.file(path, options), origin -> ArrowFolder.files(origin, List.of(path)));
            case PackedCache.EXTENSION -> DataSet.of(PackedCache.open(path));
            default ->
                throw new InputException(Words.of(
                        "%s is no kind of data that can be read; give a .npy, .npz, .zip, .parquet, .arrow, .tar, .tar.gz or .%s file, an IDX file of pictures, or a folder.",
                        path, PackedCache.EXTENSION));
        };
    }

    private static DataSet zip(Path path, DataOptions options) throws IOException {
        Origin origin = ZipOrigin.open(path, options);
        try {
            return open(origin);
        } catch (IOException | RuntimeException e) {
            origin.archive().run();
            throw e;
        }
    }

    /** What lies in a place, in the order of the contract. */
    static List<Finding> look(Origin origin) throws IOException {
        List<Finding> found = new ArrayList<>();
        IdxPictures.find(origin).ifPresent(found::add);
        List<Finding> captions = new ArrayList<>(CaptionFolder.find(origin));
        CocoCaptions.find(origin).ifPresent(captions::add);
        found.addAll(captions);
        ParquetPictures.find(origin).ifPresent(found::add);
        ArrowFolder.find(origin).ifPresent(found::add);
        TarPictures.find(origin).ifPresent(found::add);
        NpyPictures.find(origin).ifPresent(found::add);
        NpzPictures.find(origin).ifPresent(found::add);
        CifarPictures.find(origin).ifPresent(found::add);
        if (!captions.isEmpty()) {
            return found; // the pictures here and below are those of the list
        }
        return pictures(origin, Tree.of(origin.root(), origin.left()), found);
    }

    /** Adds what pictures in files are there. */
    private static List<Finding> pictures(Origin origin, Tree tree, List<Finding> found) throws IOException {
        if (CelebaLists.isAt(origin)) {
            PictureFolder.find(origin, tree).ifPresent(found::add);
            return found;
        }
        Optional<Finding> table = LabelTables.find(origin, tree);
        if (table.isPresent()) {
            found.add(table.get());
            return found;
        }
        boolean tables = !found.isEmpty();
        Optional<Finding> parts = PartFolders.find(origin, tree, tables);
        Optional<Finding> classes = parts.isPresent() ? Optional.empty() : ClassFolders.find(origin, tree);
        parts.ifPresent(found::add);
        classes.ifPresent(found::add);
        if (!tree.pictures().isEmpty()) {
            PictureFolder.find(origin, tree).ifPresent(found::add);
        }
        if (found.isEmpty()) {
            List<Tree> holding = tree.folders().stream().filter(Tree::hasData).toList();
            if (holding.size() == 1) {
                return inside(origin, tree, holding.get(0));
            }
            PictureFolder.find(origin, tree).ifPresent(found::add);
        } else if (tables && found.size() == 1 && tree.hasPictures()) {
            origin.left().note(Words.of("Left out: %,d pictures in folders beside %s.", tree.count(), found.get(0)));
        }
        return found;
    }

    /** Archives are often one folder beside a readme. */
    private static List<Finding> inside(Origin origin, Tree tree, Tree only) throws IOException {
        tree.others().forEach(origin.left()::other);
        return look(origin.below(only.path()));
    }

    static Finding only(Origin origin, List<Finding> found) throws IOException {
        String name = origin.nameOf(origin.root());
        if (found.size() > 1) {
            Finding a = found.get(0);
            Finding b = found.get(1);
            throw new InputException(Words.of(
                    "%s holds two kinds of data: %s and %s. For the first point at %s, for the second at %s.",
                    name, a, b, a.pointer(), b.pointer()));
        }
        if (found.isEmpty()) {
            throw new InputException(Words.of(
                    "%s holds no data that can be read: %s were looked for. It has %s.%s",
                    name,
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
                        Folders.folders(origin.root()).stream().map(folder -> Folders.name(folder) + "/"),
                        files.stream().map(Folders::name))
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
