package io.inkstone.run;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.run.checkpoint.Continuation;
import io.inkstone.run.checkpoint.HeldWeights;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which weight file of a run is meant.
 *
 * @param directory of the run
 * @param checkpoint name of its folder, such as step-000600; empty for the one that {@code weights} means
 * @param weights which of the checkpoint's
 */
public record ChosenWeights(RunDirectory directory, Optional<String> checkpoint, SavedRun.Weights weights) {
    /** A run that is saved while it is opened loses folders under our hands; so often in a row it does not. */
    private static final int TRIES = 20;

    /** Of the latest checkpoint, or of the best for {@link SavedRun.Weights#BEST}. */
    public ChosenWeights(RunDirectory directory, SavedRun.Weights weights) {
        this(directory, Optional.empty(), weights);
    }

    /** The file that this means now. */
    public Path file() {
        if (checkpoint.isPresent()) {
            return of(Continuation.named(directory, checkpoint.get()), weights);
        }
        Checkpoints all = new Checkpoints(directory);
        if (weights == SavedRun.Weights.BEST) {
            return of(
                    all.best()
                            .orElseThrow(() -> new InputException(Words.of(
                                    "%s has no best checkpoint yet: take the latest one, or train it to the end of an epoch.",
                                    directory.root()))),
                    weights);
        }
        Path latest = all.latest()
                .orElseThrow(() -> new InputException(
                        Words.of("%s has no checkpoint yet: train it first, or give another run.", directory.root())));
        return of(latest, weights);
    }

    /** The weight file of one checkpoint, a folder of the run; a sentence where the average is asked for and lost. */
    public static Path of(Path checkpoint, SavedRun.Weights weights) {
        if (weights == SavedRun.Weights.RAW) {
            return checkpoint.resolve(Checkpoints.WEIGHTS);
        }
        Path root = checkpoint.toAbsolutePath().getParent().getParent();
        return HeldWeights.averaged(
                checkpoint, () -> RunDirectory.existing(root).recipe().ema().on());
    }

    /** Takes hold of the file; of the next one where training deletes it meanwhile. */
    HeldWeights held() {
        for (int tried = 1; ; tried++) {
            Path file = file();
            try {
                HeldWeights held = HeldWeights.of(file);
                if (held.state().isPresent() || tried >= TRIES) {
                    return held;
                }
                // A checkpoint that was chosen has a state: this one is being deleted.
            } catch (InputException unreadable) {
                if (tried >= TRIES || Files.exists(file) && file.equals(file())) {
                    throw unreadable;
                }
            }
        }
    }
}
