package io.inkstone.run.checkpoint;

import io.inkstone.array.AtomicFile;
import io.inkstone.array.FileSteps;
import io.inkstone.run.RunDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** What a kill left half written or half deleted: all of it has a temporary name. */
public final class Leftovers {
    /** Pictures are drawn into samples by others too, beside training: what is younger may still be under their hands. */
    private static final Duration OLD = Duration.ofMinutes(10);

    private Leftovers() {}

    /** Whether nothing but leftovers lies in {@code folder}. */
    public static boolean only(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.allMatch(path -> AtomicFile.isTemporary(path) || path.endsWith(RunDirectory.LOCK));
        }
    }

    /** Deletes them; the caller holds the run's lock. What cannot be deleted stays: it is in nobody's way. */
    public static void clean(RunDirectory run) {
        List<Path> folders = new ArrayList<>(List.of(run.root(), run.checkpoints()));
        folders.addAll(new Checkpoints(run).folders());
        folders.forEach(folder -> clean(folder, Duration.ZERO));
        clean(run.samples(), OLD);
    }

    private static void clean(Path folder, Duration age) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path path : entries.filter(AtomicFile::isTemporary).toList()) {
                if (age.isZero()
                        || Files.getLastModifiedTime(path)
                                .toInstant()
                                .isBefore(Instant.now().minus(age))) {
                    FileSteps.deleteAll(path);
                }
            }
        } catch (IOException stays) {
            // Whoever writes there will say what is wrong.
        }
    }
}
