package io.inkstone.serve;

import io.inkstone.array.AtomicFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Everything that was drawn: a PNG file each, written under another name first, and a row in the database. */
final class PictureShelf {
    private static final Pattern ID = Pattern.compile("[0-9a-z-]{8,64}");

    /** The disk is full, or the folder may not be written. */
    static final class UnkeptException extends UncheckedIOException {
        private static final long serialVersionUID = 1;

        UnkeptException(IOException failure) {
            super("The picture cannot be kept: the disk is full, or the folder of --data may not be written.", failure);
        }
    }

    private final Path folder;
    private final Database database;

    PictureShelf(Path folder, Database database) {
        this.folder = folder;
        this.database = database;
    }

    /**
     * Removes what a kill left half written.
     *
     * @param young what is not older may be another server's, at work on it
     */
    void clean(Duration young) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(AtomicFile::isTemporary)
                    .filter(file -> Age.isOlder(file, young))
                    .toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("The folder of pictures cannot be read.", failure);
        }
    }

    /** Writes the file alone; written again it is the same. */
    void write(KeptPicture picture, byte[] png) {
        try {
            Files.createDirectories(folder);
            AtomicFile.write(file(picture.id()), out -> out.write(png));
        } catch (IOException failure) {
            throw new UnkeptException(failure);
        }
    }

    /** Writes the row alone; a second time does nothing. */
    static void enter(Connection connection, KeptPicture picture) throws SQLException {
        Database.change(
                connection,
                "insert into picture (" + KeptPicture.COLUMNS
                        + ") values (?, ?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing",
                picture.id(),
                picture.job().orElse(null),
                picture.place(),
                picture.model(),
                picture.words(),
                picture.seed(),
                picture.width(),
                picture.height(),
                picture.created());
    }

    void enter(List<KeptPicture> pictures) {
        database.in(connection -> {
            for (KeptPicture picture : pictures) {
                enter(connection, picture);
            }
            return null;
        });
    }

    private Path file(String id) {
        return folder.resolve(id + ".png");
    }

    /** The file of a picture; empty where there is none of this name. */
    Optional<Path> find(String id) {
        if (!ID.matcher(id).matches()) {
            return Optional.empty();
        }
        boolean known = !database.rows(row -> row.getString(1), "select id from picture where id = ?", id)
                .isEmpty();
        return Optional.of(file(id)).filter(file -> known && Files.isRegularFile(file));
    }

    /** Pictures of a job, in their order. */
    List<KeptPicture> of(String job) {
        return database.rows(
                KeptPicture::of, "select " + KeptPicture.COLUMNS + " from picture where job = ? order by place", job);
    }

    /** Pictures of the newest jobs, by their job. */
    Map<String, List<KeptPicture>> ofNewest(int jobs) {
        return database
                .rows(
                        KeptPicture::of,
                        "select " + KeptPicture.COLUMNS + " from picture where job in"
                                + " (select id from job order by created desc, id limit ?) order by place",
                        jobs)
                .stream()
                .collect(Collectors.groupingBy(picture -> picture.job().orElseThrow()));
    }

    /**
     * The newest first.
     *
     * @param search words of model, prompt or seed; empty for all
     * @param before pictures made earlier than this, in milliseconds
     */
    List<KeptPicture> newest(String search, long before, int most) {
        String like = "%" + search.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%";
        return database.rows(
                KeptPicture::of,
                "select " + KeptPicture.COLUMNS + " from picture where created < ? and"
                        + " (lower(model) like lower(?) escape '\\' or lower(words) like lower(?) escape '\\' or cast(seed as text) = ?)"
                        + " order by created desc, place limit ?",
                before,
                like,
                like,
                search,
                most);
    }
}
