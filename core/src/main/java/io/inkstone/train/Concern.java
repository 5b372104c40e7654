package io.inkstone.train;

import io.inkstone.Words;

/**
 * Training goes on, but by its figures what it learns is going to be lost. Told once of a kind in a sitting.
 *
 * @param kind what is the matter
 * @param position when it was noticed
 * @param figure that tells it
 * @param usual what the figure was before, or should be
 * @param soundAt the last step at which nothing was the matter
 */
public record Concern(Kind kind, Position position, double figure, double usual, long soundAt) {
    /** What can be the matter, with the advice for it. */
    public enum Kind {
        /** The loss is a number still, but worse than at the beginning. */
        EXPLODING_LOSS(
                "The loss has grown to %.4g; at best it was %.4g, and it is worse than at the beginning.",
                "A lower optimizer.rate, optimizer.clip=1 or more optimizer.warmupSteps help."),
        /** The divergence of every value of the code from what is drawn is about none: posterior collapse. */
        DEAD_CODES(
                "The codes tell nothing of the pictures any more: their divergence is %.2g nats in all, where %.2g is the least that one value in use has.",
                "A lower objective.klWeight, or one that grows (objective.klWarmUpBatches), helps."),
        /** The discriminator makes no mistake, so that the generator learns nothing from it. */
        BEATEN_GENERATOR(
                "The discriminator is never wrong: its loss is %.2g nats, and %.2g is that of guessing. The generator learns nothing from it.",
                "A lower optimizer.rate or more pictures help."),
        /** All that is drawn of a class is one picture. */
        COLLAPSED_PICTURES(
                "The generator draws one picture again and again: its pictures differ %.2g times as much as real ones, where 1 would be right (%.2g is the least).",
                "A lower optimizer.rate or another train.seed helps.");

        private final String sentence;
        private final String advice;

        Kind(String sentence, String advice) {
            this.sentence = sentence;
            this.advice = advice;
        }
    }

    /** For people: what was seen, when, and what to do. */
    public String words() {
        String before = soundAt == 0
                ? ""
                : Words.of(
                        " What was saved up to step %d is from before: this run can go back to it (resume RUN --checkpoint NAME).",
                        soundAt);
        return Words.of(kind.sentence, figure, usual)
                + Words.of(
                        " That was noticed at step %d (epoch %d); training goes on. %s",
                        position.step(), position.epoch(), kind.advice)
                + before;
    }
}
