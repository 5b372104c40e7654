package io.inkstone.data;

import io.inkstone.InputException;
import java.util.Arrays;

/** Walks the batches of a plan from a place: which pictures, in which order. Used under the loader's lock. */
final class BatchCursor {
    /** The pictures of one batch. */
    record Slice(int[] indices, Place place, Place next) {}

    private final BatchPlan plan;
    private final int count;
    private final int usable;
    private int epoch;
    private int position;
    private int[] order;

    BatchCursor(BatchPlan plan, int count, Place start) {
        this.plan = plan;
        this.count = count;
        this.usable = plan.picturesPerEpoch(count);
        if (usable == 0) {
            throw new InputException(
                    "The set has %d pictures, fewer than one batch of %d; choose a smaller batch (--set train.batch=%d)."
                            .formatted(count, plan.size(), Math.max(1, count)));
        }
        if (start.position() > usable) {
            throw new InputException(
                    "The run stopped after %d pictures of epoch %d, but this set has only %d; was the data changed?"
                            .formatted(start.position(), start.epoch(), count));
        }
        this.epoch = start.epoch();
        this.position = start.position();
        if (position == usable) {
            epoch++;
            position = 0;
        }
    }

    boolean hasNext() {
        return epoch < plan.epochs();
    }

    Slice next() {
        if (order == null) {
            order = plan.order().indices(count, epoch);
        }
        int end = Math.min(position + plan.size(), usable);
        int[] indices = Arrays.copyOfRange(order, position, end);
        Place place = new Place(epoch, position);
        if (end == usable) {
            epoch++;
            position = 0;
            order = null;
        } else {
            position = end;
        }
        return new Slice(indices, place, new Place(epoch, position));
    }
}
