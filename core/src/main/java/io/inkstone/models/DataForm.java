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
}
