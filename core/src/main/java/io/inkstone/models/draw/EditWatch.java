package io.inkstone.models.draw;

import org.bytedeco.pytorch.Tensor;

/** Told after every step of pictures that are changed, how far all of them have come. */
@FunctionalInterface
public interface EditWatch {
    EditWatch NONE = now -> {};

    void stepped(Moment now);

    /**
     * After a step of one batch.
     *
     * @param step of this batch, from 1
     * @param done steps so far, those of every picture
     * @param all of them in the whole work
     * @param first place of the batch's first picture among all
     * @param noisy pictures of the batch [N, …] as they are now; dies with the step
     */
    record Moment(int step, long done, long all, int first, Tensor noisy) {}
}
