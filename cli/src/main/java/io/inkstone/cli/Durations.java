package io.inkstone.cli;

import io.inkstone.Words;

/** Times as people say them. */
final class Durations {
    private Durations() {}

    /** {@code 45 s}, {@code 3 min 20 s}, {@code 2 h 5 min}. */
    static String words(double seconds) {
        long whole = Math.round(seconds);
        if (whole < 60) {
            return whole + " s";
        }
        if (whole < 3600) {
            return Words.of("%d min %d s", whole / 60, whole % 60);
        }
        return Words.of("%d h %d min", whole / 3600, whole % 3600 / 60);
    }
}
