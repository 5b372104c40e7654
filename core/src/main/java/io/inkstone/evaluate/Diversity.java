package io.inkstone.evaluate;

import io.inkstone.InputException;
import io.inkstone.Words;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How much the generated pictures of a class differ from each other, relative to how much the real ones do: 1 is as varied
 * as the data, 0 the same picture again and again. A model may be diverse and wrong (noise is both), so this stands beside
 * a look at the pictures, never in its place.
 *
 * @param classes one entry per class that was generated, in ascending order
 * @param error the standard error of {@link #ratio}, from random halves of each class's generated pictures, with the real
 *     ones held fixed; NaN where a class has fewer than four
 */
public record Diversity(List<OfClass> classes, double error) {
    /** Pairs grow with the square: so many pictures of a class tell enough. */
    public static final int MOST_PER_CLASS = 200;

    /**
     * @param label the class
     * @param generated mean distance between two generated pictures of it
     * @param real mean distance between two real ones; distances are root mean squares per value, in the range's unit
     */
    public record OfClass(int label, double generated, double real) {
        public double ratio() {
            return generated / real;
        }
    }

    public Diversity {
        classes = List.copyOf(classes);
    }

    /** Compares the first {@link #MOST_PER_CLASS} pictures of each class; both sets in the same range. */
    public static Diversity of(LabelledPictures generated, LabelledPictures real) {
        return of(generated, real, 0);
    }

    /** @param seed of the halves */
    public static Diversity of(LabelledPictures generated, LabelledPictures real, long seed) {
        List<OfClass> all = new ArrayList<>();
        double[] ratios = new double[Halves.USUAL + 1];
        for (int label : generated.classes()) {
            List<float[]> made = pictures(generated, label, "generated");
            double[] spreads = spreads(made, Halves.of(made.size(), Halves.USUAL, seed));
            double there = meanPairwiseDistance(pictures(real, label, "real"));
            all.add(new OfClass(label, spreads[0], there));
            Arrays.setAll(ratios, part -> ratios[part] + spreads[part] / there);
        }
        return new Diversity(all, Halves.error(ratios) / all.size());
    }

    private static List<float[]> pictures(LabelledPictures set, int label, String which) {
        List<float[]> pictures = set.ofClass(label, MOST_PER_CLASS);
        if (pictures.size() < 2) {
            throw new InputException(Words.of(
                    "Diversity needs two or more %s pictures of class %d, got %d.", which, label, pictures.size()));
        }
        return pictures;
    }

    /** Mean over all pairs of the root mean square difference. */
    static double meanPairwiseDistance(List<float[]> pictures) {
        return spreads(pictures, Halves.none(pictures.size()))[0];
    }

    /** The same of each part; NaN for one without pairs. */
    private static double[] spreads(List<float[]> pictures, Halves halves) {
        double[] spreads = new double[halves.parts()];
        for (int i = 1; i < pictures.size(); i++) {
            for (int j = 0; j < i; j++) {
                double distance = distance(pictures.get(i), pictures.get(j));
                Halves.forEach(halves.members()[i] & halves.members()[j], part -> spreads[part] += distance);
            }
        }
        int[] counts = halves.counts();
        Arrays.setAll(spreads, part -> spreads[part] / (counts[part] * (counts[part] - 1) / 2.0));
        return spreads;
    }

    private static double distance(float[] one, float[] other) {
        if (one.length != other.length) {
            throw new InputException(
                    Words.of("Pictures of %d and of %d values cannot be compared.", one.length, other.length));
        }
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            double difference = one[i] - other[i];
            sum += difference * difference;
        }
        return Math.sqrt(sum / one.length);
    }

    /** Mean ratio of the classes. */
    public double ratio() {
        return classes.stream().mapToDouble(OfClass::ratio).average().orElse(Double.NaN);
    }
}
