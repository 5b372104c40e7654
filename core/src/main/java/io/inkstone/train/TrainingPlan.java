package io.inkstone.train;

import io.inkstone.InputException;
import io.inkstone.Words;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Seed;

/**
 * How a trainer goes about it.
 *
 * @param epochs passes over the data
 * @param accumulate batches whose averaged gradients make one step; the count runs on across epochs
 * @param optimizer for every phase
 * @param precision of forward passes
 * @param device where everything lives
 * @param seed of noise and dropout
 * @param onDivergence what happens when a loss or a gradient is no number
 */
public record TrainingPlan(
        int epochs,
        int accumulate,
        OptimizerConfig optimizer,
        Precision precision,
        ComputeDevice device,
        Seed seed,
        OnDivergence onDivergence) {
    public TrainingPlan {
        if (epochs < 1 || accumulate < 1) {
            throw new InputException(Words.of(
                    "train.epochs and train.accumulate must be 1 or more, got %d and %d.", epochs, accumulate));
        }
    }

    /** One that stops when a loss is no number. */
    public TrainingPlan(
            int epochs,
            int accumulate,
            OptimizerConfig optimizer,
            Precision precision,
            ComputeDevice device,
            Seed seed) {
        this(epochs, accumulate, optimizer, precision, device, seed, OnDivergence.STOP);
    }
}
