package io.inkstone.spark;

import io.inkstone.InputException;

/** What Spark throws at the driver, as sentences for people. */
final class Sentences {
    private Sentences() {}

    /** The sentence that an executor said, where one did; else the first line of what Spark says. */
    static String of(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof InputException said) {
                return said.getMessage();
            }
        }
        String all = String.valueOf(failure.getMessage());
        String mark = InputException.class.getName() + ": ";
        int at = all.indexOf(mark);
        return (at < 0 ? all : all.substring(at + mark.length()))
                .lines()
                .findFirst()
                .orElse(failure.toString());
    }
}
