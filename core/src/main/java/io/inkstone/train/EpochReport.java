package io.inkstone.train;

import java.util.Optional;

/**
 * One epoch in Java numbers.
 *
 * @param position after its last batch
 * @param training means over all pictures of the epoch, each at its turn
 * @param heldOut means over the pictures that are not trained on, after the epoch
 * @param picturesPerSecond over the last batches
 * @param waitedFraction part of the time that the trainer waited for data, over the same batches
 */
public record EpochReport(
        Position position,
        MeanLosses training,
        Optional<MeanLosses> heldOut,
        double picturesPerSecond,
        double waitedFraction) {
    /** For people: {@code loss 0.0108 (kl 4223, mse 0.0104), held out 0.0099 (kl 4475, mse 0.0094)}. */
    public String words() {
        return "loss " + training.words()
                + heldOut.map(losses -> ", held out " + losses.words()).orElse("");
    }
}
