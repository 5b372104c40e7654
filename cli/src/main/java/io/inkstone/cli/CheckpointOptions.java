package io.inkstone.cli;

import io.inkstone.run.SavedRun;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Which checkpoint of a run, and which of its weights. */
final class CheckpointOptions {
    @Option(
            names = "--weights",
            paramLabel = "ema|raw|best",
            description = "Averaged weights, raw ones, or the averaged ones of the best checkpoint. Default: ema.")
    private SavedRun.Weights weights = SavedRun.Weights.EMA;

    @Option(
            names = "--checkpoint",
            paramLabel = "NAME",
            description = "One of the run's checkpoints, such as step-000600. Default: the latest.")
    private String checkpoint;

    SavedRun.Weights weights() {
        return weights;
    }

    /** The name of one; empty for the one that the weights mean. */
    Optional<String> checkpoint() {
        return Optional.ofNullable(checkpoint);
    }
}
