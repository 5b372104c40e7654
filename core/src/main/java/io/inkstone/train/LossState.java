package io.inkstone.train;

import java.util.Map;

/**
 * What the losses have added up to between two batches: saved beside the position.
 *
 * @param step over the pictures of the open step
 * @param epoch over the pictures of the open epoch
 * @param lastEpoch of the last whole epoch; its total is NaN before there was one
 * @param told whether listeners were told of the end of that epoch: if not, they are when training goes on
 */
public record LossState(LossSums step, LossSums epoch, MeanLosses lastEpoch, boolean told) {
    public static final LossState START =
            new LossState(LossSums.NONE, LossSums.NONE, new MeanLosses(Double.NaN, Map.of()), true);

    /**
     * @param batch what it cost
     * @param steps whether it ends its step
     * @param endsEpoch whether it is the last one of its epoch
     */
    LossState afterBatch(LossSums batch, boolean steps, boolean endsEpoch) {
        LossSums ofStep = steps ? LossSums.NONE : step.plus(batch);
        LossSums ofEpoch = epoch.plus(batch);
        return endsEpoch
                ? new LossState(ofStep, LossSums.NONE, ofEpoch.means(), false)
                : new LossState(ofStep, ofEpoch, lastEpoch, told);
    }

    /** The same once all know of the epoch's end. */
    public LossState afterTelling() {
        return new LossState(step, epoch, lastEpoch, true);
    }
}
