package io.inkstone.run;

import io.inkstone.tensor.Precision;
import io.inkstone.train.Position;
import java.util.ArrayList;
import java.util.List;
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

    /** Sentences for what may make this machine's bytes differ from those of the machine that saved. */
    List<String> differences(Precision precisionHere, int threadsHere) {
        List<String> sentences = new ArrayList<>();
        if (precision != precisionHere) {
            sentences.add("This run was trained in %s; this machine goes on in %s, so bytes will differ."
                    .formatted(precision.word(), precisionHere.word()));
        }
        if (threads != threadsHere) {
            sentences.add("This run was trained with %d threads; this machine uses %d, so bytes may differ."
                    .formatted(threads, threadsHere));
        }
        return sentences;
    }
}
