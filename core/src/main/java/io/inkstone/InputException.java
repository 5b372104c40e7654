package io.inkstone;

/**
 * A wrong file, key, shape, range or option. The message is one sentence or two for the person at the keyboard: what was
 * seen, what was expected, what to do. Faces print it without a stack trace.
 */
public class InputException extends IllegalArgumentException {
    public InputException(String message) {
        super(message);
    }

    public InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
