package io.inkstone;

/**
 * Work was given up between two of its parts because its thread was interrupted: nobody waits for the result.
 *
 * @since 0.1
 */
public final class InterruptedWorkException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public InterruptedWorkException() {
        super("Interrupted: what was not finished was not written.");
    }

    /** Throws if the current thread was interrupted, and clears that mark. Called by whatever works in batches. */
    public static void check() {
        if (Thread.interrupted()) {
            throw new InterruptedWorkException();
        }
    }
}
