package io.inkstone.studio;

import io.inkstone.run.TinyRun;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** Runs and work for tests of the studio. */
final class SmallRuns {
    private SmallRuns() {}

    /** A diffusion run of pictures 8×8 in two classes, trained for {@code steps} steps. */
    static Path train(Path folder, String name, long steps) {
        try {
            return TinyRun.train(
                    TinyRun.recipe(TinyRun.data(folder.resolve(name + "-data")), "preview.everySteps=0"),
                    folder.resolve(name),
                    steps);
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }

    /** Holds the worker until {@link #open}, so that what is asked for meanwhile waits. */
    static final class Barrier {
        private final CountDownLatch reached = new CountDownLatch(1);
        private final CountDownLatch opened = new CountDownLatch(1);

        /** Returns when the worker stands before it. */
        static Barrier before(Lease lease) throws InterruptedException {
            Barrier barrier = new Barrier();
            lease.submit(Priority.HIGH, (tools, steps) -> {
                barrier.reached.countDown();
                try {
                    barrier.opened.await();
                } catch (InterruptedException givenUp) {
                    throw new io.inkstone.InterruptedWorkException();
                }
                return null;
            });
            barrier.reached.await();
            return barrier;
        }

        void open() {
            opened.countDown();
        }
    }
}
