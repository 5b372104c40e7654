package io.inkstone.condition;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.Arrays;
import java.util.Optional;

/**
 * What a picture should show, or is known to show. Whoever hands conditions on needs to know no more than this type; what a
 * network is {@linkplain Told told} of them is decided by the model's {@link ConditionEncoder}.
 */
public sealed interface Condition {
    /** Anything: no class, no words. */
    Condition NONE = new Nothing();

    /** Nothing is asked for, or known. */
    record Nothing() implements Condition {
        @Override
        public String toString() {
            return "nothing";
        }
    }

    /**
     * Classes or attributes, each as much as its weight says.
     *
     * @param values one a class of the model, [c]; one 1 and zeros for a single class. Shared: do not write to it
     */
    record Classes(float[] values) implements Condition {
        @Override
        public Optional<float[]> weights() {
            return Optional.of(values);
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Classes classes && Arrays.equals(values, classes.values);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(values);
        }

        @Override
        public String toString() {
            return "classes " + Arrays.toString(values);
        }
    }

    /**
     * How words are read.
     *
     * @param weighted whether {@code (word:1.3)} weighs; else brackets are letters
     * @param skipped last layers of the text encoder that are left out ("clip skip")
     */
    record Reading(boolean weighted, int skipped) {
        public static final Reading PLAIN = new Reading(false, 0);

        public Reading {
            if (skipped < 0) {
                throw new InputException(
                                Words.of("clipSkip is 0 or more last layers of the text encoder, got %d.", skipped))
                        .about("clipSkip");
            }
        }
    }

    /**
     * Words.
     *
     * @param text as a person wrote it
     * @param reading what a text encoder makes of it
     */
    record Text(String text, Reading reading) implements Condition {
        /** Read as they stand. */
        public Text(String text) {
            this(text, Reading.PLAIN);
        }

        @Override
        public Optional<String> words() {
            return Optional.of(text);
        }
    }

    /** What is known of a picture of a set that has both labels and captions; a model takes of it what it understands. */
    record Both(Classes classes, Text text) implements Condition {
        @Override
        public Optional<float[]> weights() {
            return classes.weights();
        }

        @Override
        public Optional<String> words() {
            return text.words();
        }
    }

    /** One number a class, [c], where classes are told of. */
    default Optional<float[]> weights() {
        return Optional.empty();
    }

    /** The words, where there are any. */
    default Optional<String> words() {
        return Optional.empty();
    }

    /** Classes by their weights [c]; nothing where c is 0. */
    static Condition classes(float... weights) {
        return weights.length == 0 ? NONE : new Classes(weights);
    }

    /** One class of {@code count}. */
    static Condition oneOf(int index, int count) {
        float[] weights = new float[count];
        weights[index] = 1;
        return new Classes(weights);
    }

    static Condition text(String words) {
        return new Text(words);
    }

    /**
     * What a data set says of a picture.
     *
     * @param weights [c], of length 0 for a set without labels
     * @param caption empty for a set without captions
     */
    static Condition of(float[] weights, String caption) {
        if (caption.isEmpty()) {
            return classes(weights);
        }
        Text text = new Text(caption);
        return weights.length == 0 ? text : new Both(new Classes(weights), text);
    }
}
