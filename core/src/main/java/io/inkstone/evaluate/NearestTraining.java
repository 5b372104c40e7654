package io.inkstone.evaluate;

import io.inkstone.InputException;
import io.inkstone.data.PreparedSet;
import io.inkstone.image.Pixels;
import java.util.Arrays;
import java.util.List;

/**
 * The training picture that each picture is nearest to, over all of a training set: whether a generator copies. Distances
 * are root mean squares of 8-bit values over 255, pixel by pixel; a copy that is moved by one pixel looks far.
 *
 * @param indices in the training set
 * @param distances to it
 */
public record NearestTraining(int[] indices, double[] distances) {
    /** All of one size and number of channels. */
    public static NearestTraining of(List<Pixels> pictures, PreparedSet training) {
        int size = training.pictureBytes();
        byte[][] asked = pictures.stream().map(Pixels::data).toArray(byte[][]::new);
        for (byte[] picture : asked) {
            if (picture.length != size) {
                throw new InputException("Pictures of %d bytes cannot be compared with training pictures of %d."
                        .formatted(picture.length, size));
            }
        }
        int[] indices = new int[asked.length];
        long[] nearest = new long[asked.length];
        Arrays.fill(nearest, Long.MAX_VALUE);
        byte[] known = new byte[size];
        for (int index = 0; index < training.count(); index++) {
            training.copy(index, known, 0);
            for (int i = 0; i < asked.length; i++) {
                long distance = squared(asked[i], known, nearest[i]);
                if (distance < nearest[i]) {
                    nearest[i] = distance;
                    indices[i] = index;
                }
            }
        }
        return new NearestTraining(
                indices,
                Arrays.stream(nearest)
                        .mapToDouble(sum -> Math.sqrt((double) sum / size) / 255)
                        .toArray());
    }

    /** Gives up once {@code most} is passed, a stretch at a time so that the loop inside stays simple. */
    private static long squared(byte[] one, byte[] other, long most) {
        long sum = 0;
        for (int from = 0; from < one.length && sum < most; from += 256) {
            int part = 0;
            for (int i = from; i < Math.min(one.length, from + 256); i++) {
                int difference = (one[i] & 255) - (other[i] & 255);
                part += difference * difference;
            }
            sum += part;
        }
        return sum;
    }

    /** The middle of the distances. */
    public double median() {
        double[] sorted = distances.clone();
        Arrays.sort(sorted);
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }
}
