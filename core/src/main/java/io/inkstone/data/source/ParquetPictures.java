package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.Entry;
import io.inkstone.data.PictureSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Parquet files in the layout of data set hubs: {@code image} is a struct of encoded bytes and path, {@code text} the
 * caption. Captions are read when opened; pictures a row group at a time, a few of which are kept. In random order over a
 * set larger than that, each picture costs a row group: prepare a packed file first.
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
        return Optional.of(
                new Finding(Finding.Kind.PARQUET, seen, below ? "data" : seen, () -> open(origin.name(), all)));
    }

    private static List<Path> parquetIn(Path folder) throws IOException {
        return Folders.files(folder).stream()
                .filter(file -> Folders.extension(file.toString()).equals("parquet"))
                .toList();
    }

    /** Opens files; those named {@code test…} and {@code validation…} are held out if others are there. */
    static DataSet open(String name, List<Path> files) throws IOException {
        List<Path> test = named(files, "test");
        List<Path> validation = named(files, "validation");
        List<Path> train = new ArrayList<>(files);
        train.removeAll(test);
        train.removeAll(validation);
        if (train.isEmpty()) {
            return DataSet.of(part(name, files));
        }
        return new DataSet(part(name, train), optional(name, validation), optional(name, test));
    }

    private static List<Path> named(List<Path> files, String start) {
        return files.stream()
                .filter(file -> file.getFileName().toString().startsWith(start))
                .toList();
    }

    private static Optional<PictureSet> optional(String name, List<Path> files) throws IOException {
        return files.isEmpty() ? Optional.empty() : Optional.of(part(name, files));
    }

    private static PictureSet part(String name, List<Path> paths) throws IOException {
        List<ParquetFile> files = new ArrayList<>();
        try {
            List<Entry> entries = new ArrayList<>();
            for (Path path : paths) {
                ParquetFile file = new ParquetFile(path);
                files.add(file);
                addEntries(entries, file, path.getFileName().toString());
            }
            if (entries.isEmpty()) {
                throw new InputException(name + " has no rows.");
            }
            RowGroups groups = new RowGroups(files);
            DataInfo plain =
                    DataInfo.of(name, entries.size(), Optional.empty(), 3).withCaptions();
            return new EncodedPictures(plain, groups::picture, entries::get, () -> close(files));
        } catch (IOException | RuntimeException e) {
            close(files);
            throw e;
        }
    }

    private static void addEntries(List<Entry> entries, ParquetFile file, String fileName) throws IOException {
        int row = 0;
        float[] none = {};
        for (int group = 0; group < file.rowsPerGroup().length; group++) {
            List<String> names = file.names(group);
            List<String> captions = file.captions(group);
            for (int i = 0; i < names.size(); i++, row++) {
                String name =
                        Words.of("%s row %d%s", fileName, row, names.get(i).isEmpty() ? "" : " (" + names.get(i) + ")");
                entries.add(new Entry(name, none, captions.get(i)));
            }
        }
    }

    private static void close(List<ParquetFile> files) {
        try {
            for (ParquetFile file : files) {
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
