package io.inkstone.image;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.ArrayList;
import java.util.List;

/** How pictures came to be, on one sheet: a row per picture, a column per frame. */
public final class FilmStrip {
    private FilmStrip() {}

    /**
     * A sheet of frames, which may be given words and then drawn.
     *
     * @param frames [frames][N] pictures: each frame holds the same N pictures at one moment
     */
    public static Sheet of(List<List<Pixels>> frames) {
        if (frames.isEmpty() || frames.get(0).isEmpty()) {
            throw new InputException("A film strip needs at least one frame with one picture.");
        }
        int count = frames.get(0).size();
        List<Pixels> byPicture = new ArrayList<>();
        for (int n = 0; n < count; n++) {
            for (List<Pixels> frame : frames) {
                if (frame.size() != count) {
                    throw new InputException(Words.of(
                            "Every frame of a film strip holds the same pictures: the first has %d, another %d.",
                            count, frame.size()));
                }
                byPicture.add(frame.get(n));
            }
        }
        return Sheet.of(byPicture, frames.size());
    }

    /** At most {@code most} frames, evenly spread, the first and the last among them. */
    public static <T> List<T> thinned(List<T> frames, int most) {
        if (frames.size() <= most) {
            return List.copyOf(frames);
        }
        if (most < 1) {
            throw new InputException(Words.of("At least one frame must remain, got %d.", most));
        }
        List<T> kept = new ArrayList<>();
        int last = frames.size() - 1;
        for (int i = 0; i < most; i++) {
            kept.add(frames.get(most == 1 ? last : (int) Math.round((double) i * last / (most - 1))));
        }
        return kept;
    }
}
