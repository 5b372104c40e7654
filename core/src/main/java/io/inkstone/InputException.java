package io.inkstone;

import java.util.List;

/**
 * A wrong file, key, shape, range or option. The message is one sentence or two for the person at the keyboard: what was
 * seen, what was expected, what to do. Faces print it without a stack trace.
 */
public class InputException extends IllegalArgumentException {
    private final transient List<String> keys;

    public InputException(String message) {
        this(message, null);
    }

    public InputException(String message, Throwable cause) {
        this(message, cause, List.of());
    }

    private InputException(String message, Throwable cause, List<String> keys) {
        super(message, cause);
        this.keys = keys;
    }

    /**
     * The same about these keys of a wish or recipe, such as {@code guidance}: a face may name what it calls them, an option
     * or a field of a form, which the message itself never does.
     */
    public InputException about(String... concerned) {
        return new InputException(getMessage(), getCause(), List.of(concerned));
    }

    /** The keys that have to change; empty where the message is about something else. */
    public List<String> keys() {
        return keys == null ? List.of() : keys;
    }
}
