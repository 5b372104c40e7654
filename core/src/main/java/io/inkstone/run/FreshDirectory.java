package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.array.FileSteps;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory of a run that has not begun yet, remembered as it was, so that a beginning that comes to nothing leaves
 * the place as it found it. The folder of a run that was begun before is left alone.
 */
final class FreshDirectory {
    private final RunDirectory run;
    private final boolean free;
    private final boolean stood;

    private FreshDirectory(Path root) {
        this.run = new RunDirectory(root);
        this.stood = Files.isDirectory(root);
        this.free = !stood || isEmpty(root);
    }

    /** To be made before anything is written there. */
    static FreshDirectory before(Path root) {
        return new FreshDirectory(root);
    }

    /**
     * Takes away what was written since, whether its thread was interrupted or not. What another process begins here
     * meanwhile stays, and so does a folder that cannot be emptied: why the beginning failed is what has to be said.
     */
    void discard() {
        if (!free || !Files.isDirectory(run.root()) || TrainingRun.resumable(run.root())) {
            return;
        }
        boolean interrupted = Thread.interrupted(); // a marked thread could not take the lock
        try (FileChannel held = run.lock()) {
            empty();
        } catch (InputException | IOException taken) {
            // As it is: see above.
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void empty() throws IOException {
        if (!stood) {
            FileSteps.deleteAll(run.root());
            return;
        }
        for (Path child : children(run.root())) {
            FileSteps.deleteAll(child);
        }
    }

    private static boolean isEmpty(Path folder) {
        try {
            return children(folder).isEmpty();
        } catch (IOException unreadable) {
            return false;
        }
    }

    private static List<Path> children(Path folder) throws IOException {
        try (Stream<Path> children = Files.list(folder)) {
            return children.toList();
        }
    }
}
