package io.inkstone.cli;

import io.inkstone.studio.Job;
import io.inkstone.studio.Lease;
import io.inkstone.studio.RunChoice;
import io.inkstone.studio.Studio;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** The work of a command with an opened run, done by a studio; Ctrl-C interrupts it where it is done. */
final class OnRun {
    private OnRun() {}

    /** @param checkpoint name of one, empty for the latest */
    static RunChoice choice(Path root, Optional<String> checkpoint) {
        RunChoice latest = RunChoice.of(root);
        return checkpoint.map(latest::withCheckpoint).orElse(latest);
    }

    /** Opens the run, does the work on the studio's thread, waits, and closes. What goes wrong there is thrown here. */
    static void use(RunChoice run, Consumer<Lease> work) {
        AtomicReference<Thread> worker = new AtomicReference<>();
        try (Studio studio = Studio.open(run)) {
            Job<Void> job = studio.run().submit((bench, steps) -> {
                worker.set(Thread.currentThread());
                work.accept(studio.run());
                return null;
            });
            while (!isOver(job, worker)) {
                // asked to leave: the work comes to its next good place, and says itself what became of it
            }
            job.join();
        }
    }

    private static boolean isOver(Job<Void> job, AtomicReference<Thread> worker) {
        try {
            job.result().get();
        } catch (InterruptedException leave) {
            Thread atWork = worker.get();
            if (atWork == null) {
                Thread.currentThread().interrupt(); // not begun yet: ask again
                Thread.onSpinWait();
            } else {
                atWork.interrupt();
            }
            return false;
        } catch (ExecutionException failed) {
            return true; // join throws what it is
        }
        return true;
    }
}
