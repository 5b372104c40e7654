package io.inkstone.evaluate;

import io.inkstone.InputException;
import io.inkstone.Words;

/**
 * Which classes a generator makes, by a classifier's eyes, beside those of real pictures: it shows modes that were
 * forgotten or preferred. For pictures drawn without asking for classes.
 *
 * @param covered share of the real classes that come up at least a tenth as often as in the data
 * @param divergence of the generated classes' shares from the real ones, in nats (Kullback and Leibler 1951); 0 if alike,
 *     at most the logarithm of the rarest class's inverse share
 */
public record ModeCoverage(double covered, double divergence) {
    private static final double FORGOTTEN = 0.1;

    /** @param generated class of each generated picture; {@code real} likewise */
    public static ModeCoverage of(int[] generated, int[] real, int classes) {
        if (generated.length == 0 || real.length == 0) {
            throw new InputException(Words.of(
                    "Mode coverage needs generated and real pictures, got %d and %d.", generated.length, real.length));
        }
        double[] made = shares(generated, classes);
        double[] there = shares(real, classes);
        int known = 0;
        int covered = 0;
        double divergence = 0;
        for (int i = 0; i < classes; i++) {
            known += there[i] > 0 ? 1 : 0;
            covered += there[i] > 0 && made[i] >= FORGOTTEN * there[i] ? 1 : 0;
            // A class that the data lacks is counted as half a picture of it.
            divergence += made[i] > 0 ? made[i] * Math.log(made[i] / Math.max(there[i], 0.5 / real.length)) : 0;
        }
        return new ModeCoverage((double) covered / known, Math.max(0, divergence));
    }

    private static double[] shares(int[] labels, int classes) {
        double[] shares = new double[classes];
        for (int label : labels) {
            shares[label] += 1.0 / labels.length;
        }
        return shares;
    }

    /** The most probable class of each row [N, classes]. */
    public static int[] labels(float[] probabilities, int classes) {
        int[] labels = new int[probabilities.length / classes];
        for (int i = 0; i < probabilities.length; i++) {
            int row = i / classes;
            labels[row] = probabilities[i] > probabilities[row * classes + labels[row]] ? i % classes : labels[row];
        }
        return labels;
    }
}
