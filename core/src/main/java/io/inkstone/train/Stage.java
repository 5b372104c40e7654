package io.inkstone.train;

/** What a trainer is doing inside a batch. */
public enum Stage {
    /** Waiting for the batch and taking it from its source. */
    DATA,
    /** From the batch to the loss. */
    FORWARD,
    /** From the loss to the gradients. */
    BACKWARD,
    /** The step of the weights. */
    OPTIMIZER,
    /** The average of the weights. */
    AVERAGE,
    /** Everything else. */
    OTHER;

    /** Told when a stage begins, which ends the one before; on the training thread. */
    @FunctionalInterface
    public interface Clock {
        Clock NONE = stage -> {};

        void begins(Stage stage);
    }
}
