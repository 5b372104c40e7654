package io.inkstone.data;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.tensor.Share;
import java.util.Arrays;

/** Walks the batches of a plan from a place: which pictures, in which order. For one thread at a time. */
public final class BatchCursor {
    /**
     * The pictures of one batch.
     *
     * @param indices of the pictures in their set, those that this process takes
     * @param share which of the batch's rows they are
     * @param place of the first one
     * @param next the place to go on from after this batch
     */
    public record Slice(int[] indices, Share share, Place place, Place next) {
        /** This is the last batch of its epoch. */
        public boolean endsEpoch() {
            return next.epoch() > place.epoch();
        }
    }

    private final BatchPlan plan;
    private final SizeGroups pictures;
    private final int usable;
    private int epoch;
    private int position;
    private SizeGroups.Dealt dealt;

    /** @param pictures those of the set, by which may share a batch */
    public BatchCursor(BatchPlan plan, SizeGroups pictures, Place start) {
        this.plan = plan;
        this.pictures = pictures;
        this.usable = plan.picturesPerEpoch(pictures);
        int count = pictures.count();
        if (usable == 0) {
            throw new InputException(Words.of(
                    "The set has %d pictures, fewer than one batch of %d; choose a smaller batch (--set train.batch=%d).",
                    count, plan.size(), Math.max(1, count)));
        }
        if (start.position() > usable) {
            throw new InputException(Words.of(
                    "The run stopped after %d pictures of epoch %d, but this set has only %d; was the data changed?",
                    start.position(), start.epoch(), count));
        }
        this.epoch = start.epoch();
        this.position = start.position();
        if (position == usable) {
            epoch++;
            position = 0;
        }
    }

    public boolean hasNext() {
        return epoch < plan.epochs();
    }

    public Slice next() {
        if (dealt == null) {
            dealt = plan.dealt(pictures, epoch);
        }
        int end = dealt.end(position, plan.size());
        Share share = plan.share(end - position);
        int first = position + share.first();
        int[] indices = Arrays.copyOfRange(dealt.order(), first, first + share.count());
        Place place = new Place(epoch, position);
        if (end == usable) {
            epoch++;
            position = 0;
            dealt = null;
        } else {
            position = end;
        }
        return new Slice(indices, share, place, new Place(epoch, position));
    }
}
