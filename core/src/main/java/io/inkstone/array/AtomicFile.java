package io.inkstone.array;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Writes a file so that its name never shows half of it: content goes to a temporary name in the same folder, is flushed
 * to the disk, then moved over the name in one step. A reader (or a mapping) of the old file keeps the old content.
 */
public final class AtomicFile {
    private static final String TEMPORARY = ".tmp";

    private AtomicFile() {}

    /** What a file is to hold. */
    @FunctionalInterface
    public interface Content {
        /** Writes everything to {@code out}, which is buffered and closed by the caller. */
        void writeTo(OutputStream out) throws IOException;
    }

    /**
     * Writes {@code content} to {@code path}, making its folder where that is missing. When anything fails the temporary
     * file is removed and what {@code path} held before stays.
     *
     * @throws IOException naming the path and the reason (disk full, no permission, …)
     */
    public static void write(Path path, Content content) throws IOException {
        Path folder = path.toAbsolutePath().getParent();
        if (folder == null || Files.isDirectory(path)) {
            throw new IOException("Could not write " + path + ": it is a folder. Give the name of a file.");
        }
        Path temporary = null;
        try {
            Files.createDirectories(folder);
            temporary = temporary(path);
            FileSteps.writing(path);
            fill(temporary, content);
            FileSteps.move(temporary, path);
            FileSteps.flush(folder);
        } catch (IOException e) {
            throw new IOException("Could not write " + path + ": " + reason(e), e);
        } finally {
            if (temporary != null) {
                FileSteps.delete(temporary);
            }
        }
    }

    /** A name beside {@code path} that no reader takes for data, for content that has to be written there by others. */
    public static Path temporary(Path path) {
        return path.resolveSibling("." + path.getFileName() + "." + UUID.randomUUID() + TEMPORARY);
    }

    /** Whether a name is one that only stands while something is written: what a kill leaves behind. */
    public static boolean isTemporary(Path path) {
        String name = path.getFileName().toString();
        return name.startsWith(".") && name.endsWith(TEMPORARY);
    }

    private static void fill(Path temporary, Content content) throws IOException {
        try (FileChannel channel =
                FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16);
            content.writeTo(out);
            out.flush();
            channel.force(true);
        }
    }

    private static String reason(IOException e) {
        if (e instanceof FileSystemException system) {
            String kind = e.getClass().getSimpleName().replace("Exception", "");
            return system.getReason() != null ? system.getReason() : kind + " " + system.getFile();
        }
        return String.valueOf(e.getMessage());
    }
}
