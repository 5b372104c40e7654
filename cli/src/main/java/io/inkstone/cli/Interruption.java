package io.inkstone.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ctrl-C made orderly: the JVM waits until the work at hand has come to its next good place. (Leaving while libtorch
 * computes would tear its threads' data away under them.)
 */
final class Interruption implements AutoCloseable {
    private static final int PATIENCE_MINUTES = 10;

    private final CountDownLatch done = new CountDownLatch(1);
    private final Thread hook;
    private volatile boolean requested;

    /** @param ask told once when the user wants to leave, on another thread */
    Interruption(Runnable ask) {
        hook = new Thread(
                () -> {
                    requested = true;
                    ask.run();
                    await();
                },
                "inkstone-interrupt");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void await() {
        try {
            done.await(PATIENCE_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }

    /** Whether the user wants to leave. */
    boolean requested() {
        return requested;
    }

    /** The work is over; if the JVM is leaving it may go on, with exit code 130. */
    @Override
    public void close() {
        done.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException leavingAlready) {
            // The hook runs: it sees that all is done.
        }
    }
}
