package io.inkstone.train;

/**
 * How fast training is, over the last batches.
 *
 * @param picturesPerSecond waiting for data included
 * @param waitedFraction part of the time that the trainer waited for data
 */
public record Pace(double picturesPerSecond, double waitedFraction) {}
