package io.inkstone.data;

import io.inkstone.Choices;

/** The parts of a data set. Models see TRAIN; the others are for measuring. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST,
    /** The parts that there are, one behind the other. */
    ALL;

    /** As options say it, such as {@code validation}. */
    public String word() {
        return Choices.word(this);
    }
}
