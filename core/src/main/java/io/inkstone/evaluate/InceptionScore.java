package io.inkstone.evaluate;

import io.inkstone.InputException;

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
            throw new InputException(
                    "An inception score needs class probabilities of pictures, got %d values for %d classes."
                            .formatted(probabilities.length, classes));
        }
        int count = probabilities.length / classes;
        double sum = 0;
        double squares = 0;
        for (int part = 0; part < parts; part++) {
            double score = score(probabilities, classes, count * part / parts, count * (part + 1) / parts);
            sum += score;
            squares += score * score;
        }
        double mean = sum / parts;
        double variance = parts < 2 ? 0 : Math.max(0, (squares - sum * mean) / (parts - 1));
        return new InceptionScore(mean, Math.sqrt(variance), parts);
    }

    private static double score(float[] probabilities, int classes, int from, int to) {
        double[] marginal = new double[classes];
        for (int i = from * classes; i < to * classes; i++) {
            marginal[i % classes] += (double) probabilities[i] / (to - from);
        }
        double divergence = 0;
        for (int i = from * classes; i < to * classes; i++) {
            double p = probabilities[i];
            divergence += p > 0 ? p * Math.log(p / marginal[i % classes]) : 0;
        }
        return Math.exp(divergence / (to - from));
    }
}
