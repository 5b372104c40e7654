package io.inkstone.train;

import java.util.Optional;

/**
 * One epoch in Java numbers.
 *
 * @param position after its last batch
 * @param training means over all pictures of the epoch, each at its turn
 * @param heldOut means over the pictures that are not trained on, after the epoch
 * @param pace of its last batches; empty where an earlier sitting trained on them
 * @since 0.1
 */
public record EpochReport(Position position, MeanLosses training, Optional<MeanLosses> heldOut, Optional<Pace> pace) {
    /** For people: {@code loss 0.0108 (kl 4223, mse 0.0104), held out 0.0099 (kl 4475, mse 0.0094)}. */
    public String words() {
        return "loss " + training.words()
                + heldOut.map(losses -> ", held out " + losses.words()).orElse("");
    }
}
