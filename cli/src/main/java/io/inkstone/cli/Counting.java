package io.inkstone.cli;

import io.inkstone.Words;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntConsumer;

/** A counter that redraws itself on a terminal. Elsewhere long work says a line now and then, and short work nothing. */
final class Counting {
    private static final int EVERY = 100;
    private static final long SILENCE_SECONDS = 30;
    /** When something was last said of work under way; 0 where none is. */
    private static final AtomicLong SAID = new AtomicLong();

    private Counting() {}

    /** How far something with an end has come; the line vanishes at the end. */
    static void show(String what, int done, int total) {
        if (ProgressDisplay.onTerminal()) {
            System.err.print(Words.of("\r%s %d/%d%s", what, done, total, done == total ? "\r\033[K" : ""));
            System.err.flush();
        } else {
            inLines(what, done, total, System.nanoTime());
        }
    }

    /** @param now in nanoseconds, of any clock that never says 0 */
    static void inLines(String what, int done, int total, long now) {
        if (done >= total) {
            SAID.set(0);
        } else if (!SAID.compareAndSet(0, now) && TimeUnit.NANOSECONDS.toSeconds(now - SAID.get()) >= SILENCE_SECONDS) {
            SAID.set(now);
            System.err.println(Words.of("%s %d/%d", what, done, total));
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
