package io.inkstone.evaluate;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.Arrays;

/**
 * How sure a classifier is of each picture and how many classes all of them have: exp of the mean divergence of a
 * picture's class probabilities from their mean over pictures (Salimans et al. 2016, section 4). Between 1 and the number
 * of classes. It never looks at real pictures, and one perfect picture per class has the best score.
 *
 * @param mean over the parts
 * @param deviation between the parts, with N − 1
 * @param parts into which the pictures were cut, in order
 */
public record InceptionScore(double mean, double deviation, int parts) {
    public static final int PARTS = 10;

    /**
     * In ten parts, or fewer where a part would have fewer pictures than classes.
     *
     * @param probabilities [N, classes], each row summing to 1
     */
    public static InceptionScore of(float[] probabilities, int classes) {
        int count = probabilities.length / Math.max(1, classes);
        return of(probabilities, classes, Math.max(1, Math.min(PARTS, count / Math.max(1, classes))));
    }

    static InceptionScore of(float[] probabilities, int classes, int parts) {
        if (classes < 2 || probabilities.length < classes || probabilities.length % classes != 0) {
            throw new InputException(Words.of(
                    "An inception score needs class probabilities of pictures, got %d values for %d classes.",
                    probabilities.length, classes));
        }
        double[] scores = new double[parts];
        for (int part = 0; part < parts; part++) {
            float[] some = part(probabilities, classes, part, parts);
            scores[part] = scores(some, classes, Halves.none(some.length / classes))[0];
        }
        return new InceptionScore(
                Arrays.stream(scores).average().orElse(Double.NaN), parts < 2 ? 0 : Halves.deviation(scores), parts);
    }

    private static float[] part(float[] probabilities, int classes, int part, int parts) {
        int count = probabilities.length / classes;
        return Arrays.copyOfRange(probabilities, count * part / parts * classes, count * (part + 1) / parts * classes);
    }

    /** The standard error of {@link #mean}, from random halves of the pictures of each part; NaN for a single picture. */
    public double error(float[] probabilities, int classes, long seed) {
        double[] means = new double[Halves.USUAL + 1];
        for (int part = 0; part < parts; part++) {
            float[] some = part(probabilities, classes, part, parts);
            double[] scores = scores(some, classes, Halves.of(some.length / classes, Halves.USUAL, seed + part));
            Arrays.setAll(means, i -> means[i] + scores[i] / parts);
        }
        return Halves.error(means);
    }

    /** Of all of these pictures, and of those in each half. */
    private static double[] scores(float[] probabilities, int classes, Halves halves) {
        double[][] sums = new double[halves.parts()][classes];
        double[] certainty = new double[halves.parts()];
        int[] counts = halves.counts();
        for (int i = 0; i < halves.members().length; i++) {
            int row = i * classes;
            double own = 0;
            for (int c = 0; c < classes; c++) {
                double p = probabilities[row + c];
                own += p > 0 ? p * Math.log(p) : 0;
            }
            double sure = own;
            Halves.forEach(halves.members()[i], part -> {
                certainty[part] += sure;
                for (int c = 0; c < classes; c++) {
                    sums[part][c] += probabilities[row + c];
                }
            });
        }
        double[] scores = new double[halves.parts()];
        for (int part = 0; part < scores.length; part++) {
            double divergence = certainty[part] / counts[part];
            for (double sum : sums[part]) {
                double mean = sum / counts[part];
                divergence -= mean > 0 ? mean * Math.log(mean) : 0;
            }
            scores[part] = Math.exp(divergence);
        }
        return scores;
    }
}
