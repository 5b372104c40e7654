package io.inkstone.studio;

import io.inkstone.models.stable.StableLoras;
import io.inkstone.run.ChosenWeights;
import io.inkstone.run.GuideChoice;
import io.inkstone.run.RunDirectory;
import io.inkstone.run.SavedRun;
import io.inkstone.run.part.ForeignRun;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which weights of which run, and how they are used.
 *
 * @param root the run directory
 * @param checkpoint which one of it
 * @param name of the checkpoint's folder, instead of {@code checkpoint}
 * @param weights averaged or raw ones
 * @param device where they live
 * @param precision of passes; runs of different precision share the weights
 * @param loras low-rank changes; runs of different ones share nothing
 * @param guide a weaker model that it is led away from
 */
public record RunChoice(
        Path root,
        Checkpoint checkpoint,
        Optional<String> name,
        SavedRun.Weights weights,
        ComputeDevice device,
        Precision precision,
        List<StableLoras.Choice> loras,
        Optional<GuideChoice> guide) {
    public RunChoice {
        loras = List.copyOf(loras);
    }

    /** Which of a run's checkpoints. */
    public enum Checkpoint {
        /** The newest. */
        LATEST,
        /** The one with the lowest training loss. */
        BEST
    }

    /** The averaged weights of the latest checkpoint, on the CPU, in the precision that pays there. */
    public static RunChoice of(Path root) {
        return new RunChoice(
                root,
                Checkpoint.LATEST,
                Optional.empty(),
                SavedRun.Weights.EMA,
                ComputeDevice.CPU,
                Precision.AUTO,
                List.of(),
                Optional.empty());
    }

    public RunChoice withCheckpoint(Checkpoint other) {
        return new RunChoice(root, other, Optional.empty(), weights, device, precision, loras, guide);
    }

    /** @param other name of one of the run's checkpoints, such as step-000600 */
    public RunChoice withCheckpoint(String other) {
        return new RunChoice(root, checkpoint, Optional.of(other), weights, device, precision, loras, guide);
    }

    public RunChoice withWeights(SavedRun.Weights other) {
        return new RunChoice(root, checkpoint, name, other, device, precision, loras, guide);
    }

    public RunChoice withDevice(ComputeDevice other) {
        return new RunChoice(root, checkpoint, name, weights, other, precision, loras, guide);
    }

    public RunChoice withPrecision(Precision other) {
        return new RunChoice(root, checkpoint, name, weights, device, other, loras, guide);
    }

    /** The same with low-rank changes merged into a model of Stable Diffusion. */
    public RunChoice withLoras(List<StableLoras.Choice> others) {
        return new RunChoice(root, checkpoint, name, weights, device, precision, others, guide);
    }

    /** The same, led away from a weaker model where guidance is asked for. */
    public RunChoice withGuide(Optional<GuideChoice> other) {
        return new RunChoice(root, checkpoint, name, weights, device, precision, loras, other);
    }

    /** The run with its weights, which are in {@code file}; or the folder or file of others. */
    SavedRun open(Path file) {
        return ForeignRun.isForeign(root)
                ? SavedRun.open(root, name, weights, device)
                : SavedRun.open(directory(), file, device);
    }

    RunDirectory directory() {
        return RunDirectory.existing(root);
    }

    /** The weight file that this means now; a sentence where there is none. */
    Path file() {
        if (ForeignRun.isForeign(root)) {
            ForeignRun.requireNoChoice(root, name, checkpoint == Checkpoint.BEST ? SavedRun.Weights.BEST : weights);
            return ForeignRun.weightFile(root);
        }
        if (checkpoint == Checkpoint.LATEST || name.isPresent()) {
            return new ChosenWeights(directory(), name, weights).file();
        }
        Path best = new ChosenWeights(directory(), SavedRun.Weights.BEST).file();
        return ChosenWeights.of(best.getParent(), weights);
    }
}
