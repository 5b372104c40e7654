package io.inkstone.models;

import java.util.List;

/**
 * What a network is built to fit.
 *
 * @param channels of the pictures, 1 or 3
 * @param side height and width in pixels
 * @param classes names of the context's entries; empty for data without labels
 */
public record DataForm(int channels, int side, List<String> classes) {
    public DataForm {
        classes = List.copyOf(classes);
    }

    /** The classes that a model is told: those of the data if it is {@code conditional}, else none. */
    public List<String> told(boolean conditional) {
        return conditional ? classes : List.of();
    }

    /** Whether a model that is {@code conditional} has something to be told. */
    public boolean tells(boolean conditional) {
        return !told(conditional).isEmpty();
    }
}
