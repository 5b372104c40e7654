package io.inkstone.train;

/**
 * Told what happens in training: logging, pictures, saving. Called on the training thread between batches.
 *
 * @since 0.1
 */
public interface Listener {
    /** Before the first batch of this session. */
    default void started(Trainer trainer) {}

    /** After every batch whose gradients wait for those of others before they make a step. */
    default void accumulated(Trainer trainer, OpenStep report) {}

    /** Instead of {@link #stepped}, after a step that a phase left out. */
    default void skipped(Trainer trainer, SkippedStep report) {}

    /** Figures say that what is learned is going to be lost; training goes on. */
    default void concerned(Trainer trainer, Concern concern) {}

    /** Something about the machine that somebody should know; training goes on. */
    default void noted(Trainer trainer, String sentence) {}

    /** After every optimizer step. */
    default void stepped(Trainer trainer, StepReport report) {}

    /**
     * After the last batch of an epoch, before the held-out pictures are measured, which may take long: the time to save.
     * Again, if training was left before {@link #epochEnded} was told, when it goes on.
     *
     * @param losses means over all pictures of the epoch, each at its turn
     */
    default void epochTrained(Trainer trainer, MeanLosses losses) {}

    /** After {@link #epochTrained}, and after the held-out pictures where there are such. */
    default void epochEnded(Trainer trainer, EpochReport report) {}

    /** Training stops before its end because it was asked to. */
    default void interrupted(Trainer trainer) {}

    /** All epochs are done. */
    default void finished(Trainer trainer) {}
}
