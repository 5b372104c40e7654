package io.inkstone.data;

/** The parts of a data set. Models see TRAIN; the others are for measuring. */
public enum Split {
    TRAIN,
    VALIDATION,
    TEST
}
