package io.inkstone.train;

import java.util.Map;

/**
 * What the losses have added up to between two batches: saved beside the position. The total, over all phases, has the
 * name "".
 *
 * @param step sums over the pictures of the open step, by name
 * @param epoch sums over the pictures of the open epoch, by name
 * @param lastEpoch mean total of the last whole epoch; NaN before there was one
 */
public record LossState(Map<String, Double> step, Map<String, Double> epoch, double lastEpoch) {
    public static final LossState START = new LossState(Map.of(), Map.of(), Double.NaN);

    public LossState {
        step = Map.copyOf(step);
        epoch = Map.copyOf(epoch);
    }
}
