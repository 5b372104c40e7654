package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Pictures in the rows of tables: see {@link TableColumns}. Captions and classes are read when opened, pictures when wanted. */
final class TablePictures {
    private TablePictures() {}

    interface Opener {
        PictureTable open(Path file) throws IOException;
    }

    /** The rows of several files behind one another. */
    static DataSet open(Origin origin, List<Path> paths, Opener opener) throws IOException {
        List<PictureTable> files = new ArrayList<>();
        try {
            TableRows rows = new TableRows(origin);
            for (Path path : paths) {
                PictureTable file = opener.open(path);
                files.add(file);
                rows.add(file);
            }
            if (rows.count() == 0) {
                throw new InputException(paths.get(0) + " has no rows.");
            }
            RowGroups groups = new RowGroups(files, rows.columns());
            DataInfo plain = rows.describe(DataInfo.of(origin.name(), rows.count(), Optional.empty(), 3));
            return DataSet.of(new EncodedPictures(plain, groups::picture, rows.entries()::get, () -> close(files)));
        } catch (IOException | RuntimeException e) {
            close(files);
            throw e;
        }
    }

    private static void close(List<PictureTable> files) {
        try {
            for (PictureTable file : files) {
                file.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
