package io.inkstone.evaluate;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What the nearest real picture of each generated one says: a judge that needs no training. It errs where classes look
 * alike (a shirt, a coat), so read its figures beside those of real pictures.
 *
 * @param labels the class of the nearest real picture, per generated picture
 * @param indices which real picture that is
 * @param distances root mean square differences to it
 * @param classes of the real pictures
 */
public record NearestNeighbours(int[] labels, int[] indices, double[] distances, int classes) {
    /** Compares each generated picture with every real one; both in one range and of one size. */
    public static NearestNeighbours of(LabelledPictures generated, LabelledPictures real) {
        int count = generated.pictures().size();
        int[] indices = new int[count];
        double[] distances = new double[count];
        for (int i = 0; i < count; i++) {
            double nearest = Double.POSITIVE_INFINITY;
            for (int j = 0; j < real.pictures().size(); j++) {
                double distance =
                        squared(generated.pictures().get(i), real.pictures().get(j), nearest);
                if (distance < nearest) {
                    nearest = distance;
                    indices[i] = j;
                }
            }
            distances[i] = Math.sqrt(nearest / Math.max(1, generated.pictures().get(i).length));
        }
        int[] labels = Arrays.stream(indices).map(index -> real.labels()[index]).toArray();
        return new NearestNeighbours(labels, indices, distances, real.classes().size());
    }

    /** Stops adding once {@code most} is passed. */
    private static double squared(float[] one, float[] other, double most) {
        double sum = 0;
        for (int i = 0; i < one.length && sum < most; i++) {
            double difference = one[i] - other[i];
            sum += difference * difference;
        }
        return sum;
    }

    /** Share of the real classes that some generated picture comes nearest to: below 1 a generator forgets classes. */
    public double classesMet() {
        return (double) Arrays.stream(labels).distinct().count() / classes;
    }

    /** Share of generated pictures whose nearest real one has the class that was asked for. */
    public double agreement(List<Integer> wanted) {
        return IntStream.range(0, labels.length)
                        .filter(i -> labels[i] == wanted.get(i))
                        .count()
                / (double) labels.length;
    }
}
