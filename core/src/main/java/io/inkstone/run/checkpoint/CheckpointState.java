package io.inkstone.run.checkpoint;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.inkstone.Words;
import io.inkstone.layers.KernelChoices;
import io.inkstone.tensor.Precision;
import io.inkstone.train.LossState;
import io.inkstone.train.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What a checkpoint holds beside tensors: its state.json. It is the last file that is written, so a folder without it is none.
 *
 * @param format of the checkpoint, 1
 * @param position where training stands
 * @param losses of the unfinished step and epoch
 * @param precision with which it was trained
 * @param threads of libtorch
 * @param kernels which of two equal ways its operations took
 * @param passing whether it was saved by time: it goes when a newer one is there
 * @param files SHA-256 of each file beside this one, in hexadecimal; empty in those of older versions
 */
public record CheckpointState(
        int format,
        Position position,
        LossState losses,
        Precision precision,
        int threads,
        KernelChoices kernels,
        @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean passing,
        @JsonInclude(JsonInclude.Include.NON_EMPTY) Map<String, String> files) {
    public static final int FORMAT = 1;

    public CheckpointState {
        files = Map.copyOf(files);
    }

    /** Of one that is kept, before its files are written. */
    public CheckpointState(
            int format, Position position, LossState losses, Precision precision, int threads, KernelChoices kernels) {
        this(format, position, losses, precision, threads, kernels, false, Map.of());
    }

    CheckpointState withFiles(Map<String, String> hashes) {
        return new CheckpointState(format, position, losses, precision, threads, kernels, passing, hashes);
    }

    CheckpointState asPassing() {
        return new CheckpointState(format, position, losses, precision, threads, kernels, true, files);
    }

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
