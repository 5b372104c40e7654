package io.inkstone.studio;

import io.inkstone.InputException;
import io.inkstone.Words;

/** A run does not fit into memory beside those that are in use. Later, when others are given back, it may. */
public final class NoRoomException extends InputException {
    private static final long serialVersionUID = 1;

    private final long needMegabytes;
    private final long freeMegabytes;

    NoRoomException(Object run, long needMegabytes, long freeMegabytes) {
        super(Words.of(
                "%s needs about %,d MB of memory, and %,d MB are free: close other runs, or give it a machine with more memory.",
                run, needMegabytes, freeMegabytes));
        this.needMegabytes = needMegabytes;
        this.freeMegabytes = freeMegabytes;
    }

    /** What the run would take with its prepared weights. */
    public long needMegabytes() {
        return needMegabytes;
    }

    /** What there was, after idle runs were unloaded. */
    public long freeMegabytes() {
        return freeMegabytes;
    }
}
