package io.inkstone.models;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.image.Size;
import java.util.List;

/**
 * What a network is built to fit.
 *
 * @param channels of the pictures, 1 or 3
 * @param size height and width in pixels
 * @param classes names of the context's entries; empty for data without labels
 */
public record DataForm(int channels, Size size, List<String> classes) {
    public DataForm {
        classes = List.copyOf(classes);
    }

    /** Of squares. */
    public DataForm(int channels, int side, List<String> classes) {
        this(channels, Size.square(side), classes);
    }

    /** Height and width of squares, for networks that take only such; refuses others. */
    public int side() {
        if (!size.isSquare()) {
            throw new InputException(Words.of(
                    "This network takes squares, and the data is to be %s (width × height): choose data.size=%d, or a system that takes any shape (autoencoder, or diffusion with model.network=modern).",
                    size, Math.min(size.height(), size.width())));
        }
        return size.height();
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
