package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.Split;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Parquet files of pictures, in the layout of data set hubs or plainer: see {@link ParquetColumns}. Captions and classes
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
        Map<Split, List<Path>> byPart = files.stream()
                .collect(Collectors.groupingBy(
                        file -> PartName.ofFile(Folders.name(file)).orElse(Split.TRAIN),
                        () -> new EnumMap<>(Split.class),
                        Collectors.toList()));
        if (!byPart.containsKey(Split.TRAIN)) {
            if (files.size() > 1) {
                throw new InputException(Words.of(
                        "%s has only held-out parts (%s, …) and nothing to train on. To use one, point at its file.",
                        origin.name(), files.get(0).getFileName()));
            }
            return DataSet.of(part(origin, files)); // a file that was pointed at
        }
        Map<Split, DataSet> parts = new EnumMap<>(Split.class);
        for (Map.Entry<Split, List<Path>> entry : byPart.entrySet()) {
            parts.put(entry.getKey(), DataSet.of(part(origin, entry.getValue())));
        }
        return PartAgreement.of(origin, parts);
    }

    private static PictureSet part(Origin origin, List<Path> paths) throws IOException {
        List<ParquetFile> files = new ArrayList<>();
        try {
            ParquetRows rows = new ParquetRows(origin);
            for (Path path : paths) {
                ParquetFile file = new ParquetFile(path);
                files.add(file);
                rows.add(file);
            }
            if (rows.count() == 0) {
                throw new InputException(paths.get(0) + " has no rows.");
            }
            RowGroups groups = new RowGroups(files, rows.columns());
            DataInfo plain = rows.describe(DataInfo.of(origin.name(), rows.count(), Optional.empty(), 3));
            return new EncodedPictures(plain, groups::picture, rows.entries()::get, () -> close(files));
        } catch (IOException | RuntimeException e) {
            close(files);
            throw e;
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
