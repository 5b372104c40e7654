package io.inkstone.spark;

import io.inkstone.run.RunDirectory;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for an earlier attempt that was told to end and has not ended yet: Spark begins the next one without asking it. Those of
 * this JVM are known by name, because on Linux a look at their lock file from here would take the lock from them.
 */
final class RunLock {
    private static final long LONGEST_SECONDS = 60;
    private static final long LOOK_MILLISECONDS = 200;
    private static final Set<Path> HERE = ConcurrentHashMap.newKeySet();

    private final Path run;
    private final boolean added;

    private RunLock(Path run, boolean added) {
        this.run = run;
        this.added = added;
    }

    /** Returns once nobody trains there, or after a minute: then training says who does. */
    static RunLock of(Path run) {
        long until = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
        boolean added = HERE.add(run);
        while (!added && System.nanoTime() < until) {
            pause();
            added = HERE.add(run);
        }
        while (added && isHeldElsewhere(run.resolve(RunDirectory.LOCK)) && System.nanoTime() < until) {
            pause();
        }
        return new RunLock(run, added);
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLISECONDS));
    }

    private static boolean isHeldElsewhere(Path file) {
        if (!Files.exists(file)) {
            return false;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            return channel.tryLock() == null;
        } catch (OverlappingFileLockException byAnotherPart) {
            return true;
        } catch (IOException unreadable) {
            return false; // training says so
        }
    }

    void close() {
        if (added) {
            HERE.remove(run);
        }
    }
}
