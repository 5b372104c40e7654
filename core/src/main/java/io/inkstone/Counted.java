package io.inkstone;

import java.util.Locale;

/** Numbers of things in words for people. */
public final class Counted {
    private Counted() {}

    /**
     * {@code 1 picture}, {@code 1,200 pictures}.
     *
     * @param thing a word that takes an s where there are several
     */
    public static String of(long number, String thing) {
        return String.format(Locale.ROOT, "%,d %s%s", number, thing, number == 1 ? "" : "s");
    }
}
