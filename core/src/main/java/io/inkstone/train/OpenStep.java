package io.inkstone.train;

/**
 * A step whose gradients are still being accumulated.
 *
 * @param position after its last batch
 * @param pictures of the step done
 * @param of pictures that the step will have, if its other batches are as large as the last
 * @param lossSum losses so far, summed over those pictures and over the phases
 * @param secondsLeft to the step's end, at the pace of the last batches
 */
public record OpenStep(Position position, long pictures, long of, double lossSum, double secondsLeft) {}
