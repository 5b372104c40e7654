package io.inkstone.measure;

import io.inkstone.Words;

/** How many pictures a figure needs to say something. Fewer are measured all the same, with a sentence beside the figures. */
enum EnoughPictures {
    KERNEL(500, "KID of %d pictures a side scatters widely: give %d or more."),
    OVERLAP(
            1000,
            "Precision, recall, density and coverage of %d pictures a side say little and shift with the count: give"
                    + " %d or more."),
    SCORE(5000, "The inception score of %d pictures comes out too low: draw %d or more."),
    ACCURACY(100, "Label accuracy rests on as few as %d pictures of a class: draw %d of each or more."),
    ATTRIBUTES(
            50,
            "The share of an attribute rests on as few as %d pictures that were to have it: draw so many that it is %d or more.");

    private final int enough;
    private final String words;

    EnoughPictures(int enough, String words) {
        this.enough = enough;
        this.words = words;
    }

    /** Says so where these are too few. */
    void note(int count, EvaluationReport report) {
        if (count < enough) {
            report.note(Words.of(words, count, enough));
        }
    }
}
