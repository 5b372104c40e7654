package io.inkstone.run;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * The file that keeps others from training in a folder. On Linux a process gives up its lock on a file when it closes any
 * channel to that file (POSIX), so one that is locked from here is not even opened again.
 */
final class DirectoryLock {
    private static final Map<Path, FileChannel> HERE = new HashMap<>();

    private DirectoryLock() {}

    /**
     * Takes the lock, until the channel is closed or the process ends.
     *
     * @return empty where another process has it, or another part of this one
     */
    static synchronized Optional<FileChannel> take(Path file) throws IOException {
        Path name = file.getParent().toRealPath().resolve(file.getFileName());
        HERE.values().removeIf(held -> !held.isOpen());
        if (HERE.containsKey(name)) {
            return Optional.empty();
        }
        FileChannel channel = FileChannel.open(name, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                HERE.put(name, channel);
                return Optional.of(channel);
            }
        } catch (OverlappingFileLockException byOtherMeans) {
            // said by the caller
        } catch (IOException failure) {
            channel.close();
            throw failure;
        }
        channel.close();
        return Optional.empty();
    }
}
