package io.inkstone.data.source;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.ProviderNotFoundException;
import java.util.List;
import java.util.zip.ZipError;

/**
 * The inside of a zip as a folder. Nothing is unpacked to the disk, so names with ".." lead nowhere; what is read of an
 * entry is bounded by {@link Origin#MOST_BYTES}, so a bomb is a damaged picture.
 */
final class ZipOrigin {
    private ZipOrigin() {}

    static Origin open(Path zip, DataOptions options) throws IOException {
        FileSystem inside = mount(zip);
        try {
            Path root = inside.getPath("/");
            List<Path> folders = Folders.folders(root);
            if (folders.size() == 1 && Folders.files(root).isEmpty()) {
                root = folders.get(0);
            }
            List<Path> above = List.of(inside.getPath("/"), zip.toRealPath().getParent());
            return new Origin(
                    root, above, new Origin.Opening(root, zip.toString(), options, new LeftOut(), () -> close(inside)));
        } catch (IOException | RuntimeException e) {
            inside.close();
            throw e;
        }
    }

    private static FileSystem mount(Path zip) {
        try {
            return FileSystems.newFileSystem(zip, (ClassLoader) null);
        } catch (IOException | ProviderNotFoundException | ZipError e) {
            throw new InputException(
                    Words.of(
                            "%s is not a zip archive that can be read (%s). Fetch or pack it again.",
                            zip, e.getMessage()),
                    e);
        }
    }

    private static void close(FileSystem inside) {
        try {
            inside.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
