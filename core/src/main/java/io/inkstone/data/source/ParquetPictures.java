package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataSet;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Parquet files of pictures, in the layout of data set hubs or plainer: see {@link TableColumns}. Captions and classes
 * are read when opened; pictures a row group at a time, a few of which are kept. In random order over a set larger than
 * that, each picture costs a row group: prepare a packed file first.
 */
final class ParquetPictures {
    private ParquetPictures() {}

    static Optional<Finding> find(Origin origin) throws IOException {
        List<Path> files = parquetIn(origin.root());
        Path data = origin.root().resolve("data");
        boolean below = files.isEmpty() && Files.isDirectory(data);
        List<Path> all = below ? parquetIn(data) : files;
        if (all.isEmpty()) {
            return Optional.empty();
        }
        if (all.get(0).getFileSystem() != FileSystems.getDefault()) {
            throw new InputException(
                    Words.of("%s holds Parquet files; unpack it and point at the folder.", origin.name()));
        }
        String seen = (below ? "data/" : "") + all.get(0).getFileName() + (all.size() > 1 ? ", …" : "");
        return Optional.of(new Finding(Finding.Kind.PARQUET, seen, below ? "data" : seen, () -> open(origin, all)));
    }

    private static List<Path> parquetIn(Path folder) throws IOException {
        return Folders.files(folder).stream()
                .filter(file -> Folders.extension(file.toString()).equals("parquet"))
                .filter(file -> !Folders.name(file).equals(CaptionFolder.PARQUET))
                .toList();
    }

    /** Opens files; those that are called like held-out parts are held out. */
    static DataSet open(Origin origin, List<Path> files) throws IOException {
        return PartFiles.open(origin, files, part -> TablePictures.open(origin, part, ParquetFile::new));
    }
}
