package io.inkstone.studio;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.OptionalInt;

/**
 * How pictures are drawn beside what they show.
 *
 * @param priority before or after others
 * @param batch most pictures at once; empty for as many as is usual for their size. Pictures of the same batch size are the
 *     same bytes where they are drawn alone, and agree to rounding beside others
 * @param previews pictures on the way
 */
public record Turn(Priority priority, OptionalInt batch, Previews previews) {
    public static final Turn USUAL = new Turn(Priority.NORMAL, OptionalInt.empty(), Previews.NONE);

    public Turn {
        if (batch.isPresent() && batch.getAsInt() < 1) {
            throw new InputException(Words.of("A batch is of 1 picture or more, got %d.", batch.getAsInt()));
        }
    }

    public Turn withPriority(Priority other) {
        return new Turn(other, batch, previews);
    }

    public Turn withBatch(int most) {
        return new Turn(priority, OptionalInt.of(most), previews);
    }

    public Turn withPreviews(Previews other) {
        return new Turn(priority, batch, other);
    }
}
