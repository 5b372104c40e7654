package io.inkstone;

import java.util.Locale;

/**
 * Sentences, names and numbers put together the same way on every machine: {@code String.formatted} follows the JVM's default
 * locale, which writes 12 as ١٢ or १२ in some, also into the names of weights.
 */
public final class Words {
    private Words() {}

    /** As {@link String#format(Locale, String, Object...)} in {@link Locale#ROOT}. */
    public static String of(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
