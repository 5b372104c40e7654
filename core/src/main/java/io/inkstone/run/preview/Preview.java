package io.inkstone.run.preview;

import io.inkstone.image.Pixels;
import io.inkstone.train.Trainer;

/** One kind of picture that shows how far a model has come, the same seeds or examples every time. */
public interface Preview {
    /** Part of the file's name; the first preview of a run has none. */
    String name();

    Pixels draw(Trainer trainer);

    /** Pictures of the way so far: when training is saved, and at its end. */
    default void lookBack(Trainer trainer) {}

    /** More pictures at the end of training. */
    default void finish(Trainer trainer) {}
}
