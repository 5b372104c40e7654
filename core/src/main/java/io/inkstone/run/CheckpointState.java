package io.inkstone.run;

import io.inkstone.tensor.Precision;
import io.inkstone.train.Position;
import java.util.Map;

/**
 * What a checkpoint holds beside tensors: its state.json.
 *
 * @param format of the checkpoint, 1
 * @param position where training stands
 * @param openLosses sums over the pictures of an unfinished step, by name
 * @param lossSum losses of this epoch so far, summed over its pictures
 * @param lossPictures pictures in that sum
 * @param epochLoss mean loss of the last whole epoch; NaN before there was one
 * @param precision with which it was trained
 * @param threads of libtorch
 */
record CheckpointState(
        int format,
        Position position,
        Map<String, Double> openLosses,
        double lossSum,
        long lossPictures,
        double epochLoss,
        Precision precision,
        int threads) {
    static final int FORMAT = 1;
}
