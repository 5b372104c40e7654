package io.inkstone.evaluate;

import io.inkstone.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * How much the generated pictures of a class differ from each other, relative to how much the real ones do: 1 is as varied
 * as the data, 0 the same picture again and again. A model may be diverse and wrong (noise is both), so this stands beside
 * a look at the pictures, never in its place.
 *
 * @param classes one entry per class that was generated, in ascending order
 */
public record Diversity(List<OfClass> classes) {
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
        List<OfClass> all = new ArrayList<>();
        for (int label : generated.classes()) {
            all.add(new OfClass(label, spread(generated, label, "generated"), spread(real, label, "real")));
        }
        return new Diversity(all);
    }

    private static double spread(LabelledPictures set, int label, String which) {
        List<float[]> pictures = set.ofClass(label, MOST_PER_CLASS);
        if (pictures.size() < 2) {
            throw new InputException("Diversity needs two or more %s pictures of class %d, got %d."
                    .formatted(which, label, pictures.size()));
        }
        return meanPairwiseDistance(pictures);
    }

    /** Mean over all pairs of the root mean square difference. */
    static double meanPairwiseDistance(List<float[]> pictures) {
        double sum = 0;
        for (int i = 1; i < pictures.size(); i++) {
            for (int j = 0; j < i; j++) {
                sum += distance(pictures.get(i), pictures.get(j));
            }
        }
        return sum / (pictures.size() * (pictures.size() - 1) / 2.0);
    }

    private static double distance(float[] one, float[] other) {
        if (one.length != other.length) {
            throw new InputException(
                    "Pictures of %d and of %d values cannot be compared.".formatted(one.length, other.length));
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
