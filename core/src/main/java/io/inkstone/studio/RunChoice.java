package io.inkstone.studio;

import io.inkstone.InputException;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.SavedRun;
import io.inkstone.run.checkpoint.Checkpoints;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import java.nio.file.Path;

/**
 * Which weights of which run, and how they are used.
 *
 * @param root the run directory
 * @param checkpoint which one of it
 * @param weights averaged or raw ones
 * @param device where they live
 * @param precision of passes; runs of different precision share the weights
 */
public record RunChoice(
        Path root, Checkpoint checkpoint, SavedRun.Weights weights, ComputeDevice device, Precision precision) {
    /** Which of a run's checkpoints. */
    public enum Checkpoint {
        /** The newest. */
        LATEST,
        /** The one with the lowest training loss. */
        BEST
    }

    /** The averaged weights of the latest checkpoint, on the CPU, in the precision that pays there. */
    public static RunChoice of(Path root) {
        return new RunChoice(root, Checkpoint.LATEST, SavedRun.Weights.EMA, ComputeDevice.CPU, Precision.AUTO);
    }

    public RunChoice withCheckpoint(Checkpoint other) {
        return new RunChoice(root, other, weights, device, precision);
    }

    public RunChoice withWeights(SavedRun.Weights other) {
        return new RunChoice(root, checkpoint, other, device, precision);
    }

    public RunChoice withDevice(ComputeDevice other) {
        return new RunChoice(root, checkpoint, weights, other, precision);
    }

    public RunChoice withPrecision(Precision other) {
        return new RunChoice(root, checkpoint, weights, device, other);
    }

    RunDirectory directory() {
        return RunDirectory.existing(root);
    }

    /** The weight file that this means now; a sentence where there is none. */
    Path file() {
        if (checkpoint == Checkpoint.LATEST) {
            return SavedRun.weightFile(directory(), weights);
        }
        Path best = new Checkpoints(directory())
                .best()
                .orElseThrow(() -> new InputException(
                        "%s has no best checkpoint yet: take the latest one, or train it to the end of an epoch."
                                .formatted(root)));
        return SavedRun.weightFile(best, weights);
    }
}
