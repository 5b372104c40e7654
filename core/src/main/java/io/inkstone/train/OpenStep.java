package io.inkstone.train;

/**
 * A step whose gradients are still being accumulated.
 *
 * @param position after its last batch
 * @param pictures of the step done
 * @param picturesOfStep that the step will have, if its other batches are as large as the last
 * @param lossSum losses so far, summed over those pictures and over the phases
 * @param secondsLeft to the step's end, at the pace of the last batches
 */
public record OpenStep(Position position, long pictures, long picturesOfStep, double lossSum, double secondsLeft) {
    /**
     * @param losses of the step so far
     * @param left batches to its end
     * @param size of the last batch
     */
    static OpenStep of(Position position, LossSums losses, int left, int size, Pace pace) {
        long toCome = (long) left * size;
        return new OpenStep(
                position,
                losses.pictures(),
                losses.pictures() + toCome,
                losses.total(),
                toCome / pace.picturesPerSecond());
    }
}
