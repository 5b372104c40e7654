package io.inkstone.studio;

/**
 * How far a job has come.
 *
 * @param done steps so far; of pictures that are drawn, those of every picture
 * @param all in the whole job, or 0 while that is not known
 */
public record Progress(long done, long all) {
    /** From 0 to 1. */
    public double share() {
        return all == 0 ? 0 : Math.min(1, (double) done / all);
    }
}
