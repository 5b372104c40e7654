package io.inkstone.cli;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntSupplier;

/**
 * Ctrl-C made orderly, for every command: the JVM waits until the work at hand has come to its next good place. (Leaving
 * while libtorch computes would tear its threads' data away under them.) Work in batches sees that its thread was
 * interrupted, see {@link io.inkstone.InterruptedWorkException}; training, which must not lose what it did, is asked by
 * {@link #instead}.
 */
final class Interruption {
    /** What a shell reports of a command that Ctrl-C ended. */
    static final int EXIT = 130;

    private static final int FAILED = 1;
    private static final int PATIENCE_MINUTES = 10;
    private static final AtomicReference<Interruption> CURRENT = new AtomicReference<>();

    private final CountDownLatch done = new CountDownLatch(1);
    private final Runnable interrupt = Thread.currentThread()::interrupt;
    private Runnable ask = interrupt;
    private boolean requested;
    private volatile int exit;

    private Interruption() {}

    /**
     * Runs a command on this thread. Its exit code is {@link #EXIT} if the user wanted to leave meanwhile and nothing went
     * wrong; a failure keeps its own, so that nobody takes for saved what was not.
     */
    static int during(IntSupplier command) {
        Interruption current = new Interruption();
        Thread hook = new Thread(current::leave, "inkstone-interrupt");
        CURRENT.set(current);
        Runtime.getRuntime().addShutdownHook(hook);
        try {
            current.exit = FAILED; // until it is known better: an error may fly through here
            int exit = command.getAsInt();
            current.exit = exit == 0 && current.isRequested() ? EXIT : exit;
            return current.exit;
        } finally {
            CURRENT.set(null);
            Thread.interrupted();
            current.done.countDown();
            removed(hook);
        }
    }

    /** In the hook, while the JVM ends by a signal: it would report the signal, so a failure must be told by halting. */
    private void leave() {
        request();
        await();
        if (exit != 0 && exit != EXIT) {
            System.out.flush();
            System.err.flush();
            Runtime.getRuntime().halt(exit);
        }
    }

    private static void removed(Thread hook) {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException leavingAlready) {
            // The hook runs: it sees that all is done.
        }
    }

    /** While the result is open, Ctrl-C calls {@code stop}, on another thread, and interrupts nobody. */
    static Instead instead(Runnable stop) {
        Interruption current = CURRENT.get();
        if (current == null) {
            return () -> {};
        }
        current.askBy(stop);
        Thread.interrupted(); // what was asked before is asked of stop now; a marked thread could not save
        return () -> current.askBy(current.interrupt);
    }

    /** Open as long as its work is under way. */
    interface Instead extends AutoCloseable {
        @Override
        void close();
    }

    private synchronized void askBy(Runnable other) {
        ask = other;
        if (requested && other != interrupt) {
            other.run();
        }
    }

    private synchronized void request() {
        requested = true;
        ask.run();
    }

    private synchronized boolean isRequested() {
        return requested;
    }

    /** Whether the user wants to leave. */
    static boolean requested() {
        Interruption current = CURRENT.get();
        return current != null && current.isRequested();
    }

    /** What Ctrl-C does to the command under way; false if there is none. */
    static boolean pressed() {
        Interruption current = CURRENT.get();
        if (current != null) {
            current.request();
        }
        return current != null;
    }

    private void await() {
        try {
            done.await(PATIENCE_MINUTES, TimeUnit.MINUTES);
        } catch (InterruptedException impatient) {
            Thread.currentThread().interrupt();
        }
    }
}
