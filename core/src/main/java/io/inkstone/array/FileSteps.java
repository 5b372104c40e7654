package io.inkstone.array;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * What changes files and their names: a rename, an unlink, the removal of a folder, and what is about to be written. Everything
 * that a run writes goes through here, so that a trial can stand between any two of them, or let a disk be full.
 */
public final class FileSteps {
    /** What is about to happen to a name; WRITE to the content that it stands for, or will. */
    public enum Step {
        WRITE,
        RENAME,
        UNLINK,
        RMDIR
    }

    /** Told before each step; what it throws keeps the step from being done. */
    @FunctionalInterface
    public interface Watch {
        void before(Step step, Path path) throws IOException;
    }

    private static final Watch NOBODY = (step, path) -> {};
    private static volatile Watch watch = NOBODY;

    private FileSteps() {}

    /** Tells {@code other} of every step of this process, until the result is closed. For trials. */
    public static Watched watchedBy(Watch other) {
        watch = other;
        return () -> watch = NOBODY;
    }

    /** Open as long as somebody watches. */
    public interface Watched extends AutoCloseable {
        @Override
        void close();
    }

    /** To be said before content is written to {@code path}, or added to it. */
    public static void writing(Path path) throws IOException {
        watch.before(Step.WRITE, path);
    }

    /** Gives {@code from} the name {@code to}, in one step where the system can; a file that had the name is gone. */
    public static void move(Path from, Path to) throws IOException {
        watch.before(Step.RENAME, to);
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Deletes a file or an empty folder, if it is there. */
    public static void delete(Path path) throws IOException {
        boolean folder = Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS);
        if (folder || Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            watch.before(folder ? Step.RMDIR : Step.UNLINK, path);
            Files.deleteIfExists(path);
        }
    }

    /** Deletes a folder with everything in it, if it is there. */
    public static void deleteAll(Path folder) throws IOException {
        if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        try (Stream<Path> entries = Files.walk(folder)) {
            for (Path path : entries.sorted(Comparator.reverseOrder()).toList()) {
                delete(path);
            }
        }
    }

    /** Makes the names in a folder survive a power cut, where the system lets a folder be flushed. */
    public static void flush(Path folder) {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            // Windows cannot open folders; the content itself is already on the disk.
        }
    }
}
