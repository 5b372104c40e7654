package io.inkstone.cli;

import io.inkstone.Words;
import java.util.function.IntConsumer;

/** A counter that redraws itself on a terminal, and says nothing elsewhere. */
final class Counting {
    private static final int EVERY = 100;

    private Counting() {}

    /** How far something with an end has come; the line vanishes at the end. */
    static void show(String what, int done, int total) {
        if (ProgressDisplay.onTerminal()) {
            System.err.print(Words.of("\r%s %d/%d%s", what, done, total, done == total ? "\r\033[K" : ""));
            System.err.flush();
        }
    }

    /** @param what is counted, in words */
    static IntConsumer of(String what) {
        if (!ProgressDisplay.onTerminal()) {
            return count -> {};
        }
        return count -> {
            if (count % EVERY == 0) {
                System.err.print(Words.of("\r%,d %s\r", count, what));
                System.err.flush();
            }
        };
    }
}
