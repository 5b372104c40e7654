package io.inkstone.studio;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.image.Pixels;
import io.inkstone.image.Resize;

/**
 * Which pictures on the way somebody wants to see. They cost time: models of codes decode each of them.
 *
 * @param most pictures of a job that are shown, the first ones; 0 for no previews
 * @param everySteps how often
 */
public record Previews(int most, int everySteps) {
    public static final Previews NONE = new Previews(0, 1);

    /** However many are asked for. */
    private static final int MOST = 16;

    /** Of the longer side, in pixels. */
    private static final int SIDE = 256;

    public Previews {
        if (most < 0 || most > MOST || everySteps < 1) {
            throw new InputException(Words.of(
                    "Previews are of 0 to %d pictures every 1 or more steps, got %d and %d.", MOST, most, everySteps));
        }
    }

    /** One picture, every {@code steps} steps. */
    public static Previews every(int steps) {
        return new Previews(1, steps);
    }

    boolean wants(int step) {
        return most > 0 && step % everySteps == 0;
    }

    /** The picture itself, or a smaller one of a large one. */
    static Pixels small(Pixels picture) {
        int longer = Math.max(picture.width(), picture.height());
        return longer <= SIDE
                ? picture
                : Resize.to(
                        picture,
                        Math.max(1, picture.width() * SIDE / longer),
                        Math.max(1, picture.height() * SIDE / longer));
    }
}
