package io.inkstone.evaluate;

import io.inkstone.InputException;
import io.inkstone.InterruptedWorkException;
import io.inkstone.Words;
import io.inkstone.array.NdArray;
import io.inkstone.data.PreparedSet;
import io.inkstone.image.Pixels;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.T_TensorTensor_T;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch.ScalarType;

/**
 * The training picture that each picture is nearest to, over all of a training set: whether a generator copies. Distances
 * are root mean squares of 8-bit values over 255, pixel by pixel; a copy that is moved by one pixel looks far.
 *
 * @param indices in the training set
 * @param mirrored whether that picture is as near with left and right exchanged only
 * @param distances to it, exact
 */
public record NearestTraining(int[] indices, boolean[] mirrored, double[] distances) {
    /** Values around 0 whose products float32 sums without rounding: 1,024 times (−128)² is 2²⁴. */
    private static final int EXACT = 1024;

    private static final int CENTRE = 128;
    private static final int BLOCK = 1024;
    private static final int BLOCK_VALUES = 16 << 20;

    /**
     * By matrix products: 2,000 pictures of 28×28 among 60,000 take seconds.
     *
     * @param pictures all of one size and number of channels
     * @param flipped look for mirrored training pictures too
     * @param done told how many training pictures were looked at
     */
    public static NearestTraining of(List<Pixels> pictures, PreparedSet training, boolean flipped, IntConsumer done) {
        List<Pixels> asked = new ArrayList<>(pictures);
        if (flipped) {
            pictures.forEach(picture -> asked.add(picture.mirrored()));
        }
        int size = training.pictureBytes();
        for (Pixels picture : asked) {
            if (picture.data().length != size) {
                throw new InputException(Words.of(
                        "Pictures of %d bytes cannot be compared with training pictures of %d.",
                        picture.data().length, size));
            }
        }
        Search search = new Search(asked, size);
        int block = Math.max(1, Math.min(BLOCK, BLOCK_VALUES / size));
        for (int from = 0; from < training.count(); from += block) {
            InterruptedWorkException.check();
            int to = Math.min(training.count(), from + block);
            search.take(training, from, to);
            done.accept(to);
        }
        return search.result(pictures.size(), flipped);
    }

    /** All pictures that are asked about against one block of training pictures after another. */
    private static final class Search {
        private final List<Pixels> asked;
        private final int size;
        private final float[] values;
        private final int[] indices;
        /** Squared distances but for the asked pictures' own squares, which change no order. */
        private final double[] nearest;

        Search(List<Pixels> asked, int size) {
            this.asked = asked;
            this.size = size;
            values = new float[asked.size() * size];
            indices = new int[asked.size()];
            nearest = new double[asked.size()];
            Arrays.fill(nearest, Double.POSITIVE_INFINITY);
            for (int i = 0; i < asked.size(); i++) {
                centre(asked.get(i).data(), values, i * size);
            }
        }

        /** Writes the values around 0; returns the sum of their squares. */
        private static double centre(byte[] picture, float[] into, int at) {
            long squares = 0;
            for (int i = 0; i < picture.length; i++) {
                int value = (picture[i] & 255) - CENTRE;
                into[at + i] = value;
                squares += value * value;
            }
            return squares;
        }

        void take(PreparedSet training, int from, int to) {
            int count = to - from;
            float[] known = new float[count * size];
            double[] squares = new double[count];
            byte[] picture = new byte[size];
            for (int i = 0; i < count; i++) {
                training.copy(from + i, picture, 0);
                squares[i] = centre(picture, known, i * size);
            }
            try (Scope scope = Scope.open()) {
                Tensor distances = distances(Tensors.of(known, count, size), Tensors.of(NdArray.of(squares, 1, count)));
                T_TensorTensor_T least = distances.min(1);
                double[] distance = Tensors.toDoubles(least.get0().clone());
                double[] places = Tensors.toDoubles(least.get1().clone());
                for (int i = 0; i < nearest.length; i++) {
                    if (distance[i] < nearest[i]) {
                        nearest[i] = distance[i];
                        indices[i] = from + (int) places[i];
                    }
                }
            }
        }

        /** ‖t‖² − 2·a·t of every asked picture a and training picture t: whole numbers, none rounded. */
        private Tensor distances(Tensor known, Tensor squares) {
            Tensor rows = Tensors.of(values, asked.size(), size);
            Tensor all = squares;
            for (int from = 0; from < size; from += EXACT) {
                int length = Math.min(EXACT, size - from);
                Tensor products = rows.narrow(1, from, length)
                        .matmul(known.narrow(1, from, length).t());
                all = all.sub(products.to(ScalarType.Double), new Scalar(2.0));
            }
            return all;
        }

        NearestTraining result(int count, boolean flipped) {
            boolean[] mirrored = new boolean[count];
            double[] distances = new double[count];
            for (int i = 0; i < count; i++) {
                if (flipped && nearest[count + i] < nearest[i]) {
                    mirrored[i] = true;
                    nearest[i] = nearest[count + i];
                    indices[i] = indices[count + i];
                }
                double own = 0;
                for (int k = i * size; k < (i + 1) * size; k++) {
                    own += values[k] * values[k];
                }
                distances[i] = Math.sqrt((nearest[i] + own) / size) / 255;
            }
            return new NearestTraining(Arrays.copyOf(indices, count), mirrored, distances);
        }
    }

    /** The middle of the distances. */
    public double median() {
        double[] sorted = sorted();
        int half = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
    }

    /** The distance that this share of the pictures, or a little more, does not exceed. */
    public double quantile(double share) {
        return sorted()[Math.max(0, (int) Math.ceil(share * distances.length) - 1)];
    }

    private double[] sorted() {
        double[] sorted = distances.clone();
        Arrays.sort(sorted);
        return sorted;
    }

    /** Share of the pictures that are as near as this, or nearer. */
    public double shareWithin(double distance) {
        return (double) Arrays.stream(distances).filter(own -> own <= distance).count() / distances.length;
    }

    /** The pictures by their distance, the nearest first. */
    public List<Integer> order() {
        return IntStream.range(0, distances.length)
                .boxed()
                .sorted((one, other) -> Double.compare(distances[one], distances[other]))
                .toList();
    }
}
