package io.inkstone.run.checkpoint;

import io.inkstone.Words;
import io.inkstone.layers.KernelChoices;
import io.inkstone.tensor.Precision;
import io.inkstone.train.LossState;
import io.inkstone.train.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * What a checkpoint holds beside tensors: its state.json.
 *
 * @param format of the checkpoint, 1
 * @param position where training stands
 * @param losses of the unfinished step and epoch
 * @param precision with which it was trained
 * @param threads of libtorch
 * @param kernels which of two equal ways its operations took
 */
public record CheckpointState(
        int format, Position position, LossState losses, Precision precision, int threads, KernelChoices kernels) {
    public static final int FORMAT = 1;

    /** Sentences for what may make this machine's bytes differ from those of the machine that saved. */
    public List<String> differences(Precision precisionHere, int threadsHere) {
        List<String> sentences = new ArrayList<>();
        if (precision != precisionHere) {
            sentences.add(Words.of(
                    "This run was trained in %s; this machine goes on in %s, so bytes will differ.",
                    precision.word(), precisionHere.word()));
        }
        if (threads != threadsHere) {
            sentences.add(Words.of(
                    "This run was trained with %d threads; this machine uses %d, so bytes may differ.",
                    threads, threadsHere));
        }
        return sentences;
    }
}
