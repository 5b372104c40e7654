package io.inkstone;

import java.util.List;

/**
 * A wrong file, key, shape, range or option. The message is one sentence or two for the person at the keyboard: what was
 * seen, what was expected, what to do. Faces print it without a stack trace.
 *
 * @since 0.1
 */
public class InputException extends IllegalArgumentException {
    private final transient List<String> changes;

    public InputException(String message) {
        this(message, null);
    }

    public InputException(String message, Throwable cause) {
        this(message, cause, List.of());
    }

    private InputException(String message, Throwable cause, List<String> changes) {
        super(message, cause);
        this.changes = changes;
    }

    /**
     * The same about these keys of a wish or recipe: a face may name what it calls them, an option or a field of a form,
     * which the message itself never does.
     *
     * @param concerned such as {@code guidance}; with a value that would do where there is one, {@code data.size=64}
     */
    public InputException about(String... concerned) {
        return new InputException(getMessage(), getCause(), List.of(concerned));
    }

    /** The keys that have to change; empty where the message is about something else. */
    public List<String> keys() {
        return changes().stream().map(change -> change.split("=", 2)[0]).toList();
    }

    /** The same, with values that would do where there are such: {@code data.size=64}. */
    public List<String> changes() {
        return changes == null ? List.of() : changes;
    }
}
