package io.inkstone.train;

import java.util.Map;

/**
 * One optimizer step in Java numbers.
 *
 * @param position after the step
 * @param pictures in this step
 * @param loss mean over the step's pictures, summed over the phases
 * @param losses by name, likewise means
 * @param rate learning rate used
 * @param picturesPerSecond over the last batches
 * @param waitedFraction part of the time that the trainer waited for data, over the same batches
 */
public record StepReport(
        Position position,
        long pictures,
        double loss,
        Map<String, Double> losses,
        double rate,
        double picturesPerSecond,
        double waitedFraction) {}
