package io.inkstone.serve;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folder of jobs and pictures, held by one server alone, or by all those of one PostgreSQL together. */
record FolderLock(FileChannel channel) implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FolderLock.class);

    static FolderLock of(ServeSettings settings) {
        Path data = settings.data();
        boolean together = settings.database().isPresent();
        try {
            Files.createDirectories(data);
            FileChannel channel =
                    FileChannel.open(data.resolve(".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            try {
                if (together || channel.tryLock() != null) {
                    return new FolderLock(channel);
                }
            } catch (OverlappingFileLockException ownProcess) {
                // said below
            }
            channel.close();
        } catch (IOException failure) {
            throw new InputException(
                    Words.of("The folder %s cannot be written: choose another one with --data.", data), failure);
        }
        throw new InputException(Words.of(
                "Another server uses %s: choose another folder with --data, or let both share a PostgreSQL by --database.",
                data));
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException harmless) {
            LOG.debug("The lock stays until the process ends.", harmless);
        }
    }
}
