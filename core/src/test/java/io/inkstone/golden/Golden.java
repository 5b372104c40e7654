package io.inkstone.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.layers.Layer;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;

/**
 * Reference outputs that were computed once in PyTorch (CPU, float32, evaluation mode) from weights that a formula gives:
 * for the p-th name in ASCII order and its j-th element, a SplitMix64 finaliser of (j + p·2³² + 1) makes s in [−1, 1);
 * statistics and biases are small numbers around their defaults, everything else is 3·s/√fan-in.
 */
public final class Golden {
    private Golden() {}

    /** A reference array by file name without ending. */
    public static NdArray array(String name) {
        try (InputStream in = Golden.class.getResourceAsStream(name + ".npy")) {
            return Npy.read(in, name, 1 << 24);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    public static Tensor tensor(String name) {
        return Tensors.of(array(name));
    }

    /** Gives {@code network} the weights of the formula. */
    public static <L extends Layer> L fill(L network) {
        Map<String, Tensor> state = network.state();
        Map<String, long[]> shapes = new LinkedHashMap<>();
        state.forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin()) {
            weights(shapes).forEach((name, array) -> state.get(name).copy_(Tensors.of(array)));
        }
        return network;
    }

    /** The weights of the formula for any names. */
    public static Map<String, NdArray> weights(Map<String, long[]> shapes) {
        List<String> names = new ArrayList<>(shapes.keySet());
        names.sort(null);
        Map<String, NdArray> weights = new LinkedHashMap<>();
        for (int p = 0; p < names.size(); p++) {
            String name = names.get(p);
            weights.put(name, NdArray.of(values(name, p, shapes.get(name)), shapes.get(name)));
        }
        return weights;
    }

    /** The weights of the formula for the names and shapes that a list of this package holds, a line each. */
    public static Map<String, NdArray> listed(String list) {
        try (InputStream in = Golden.class.getResourceAsStream(list)) {
            return weights(shapes(new String(in.readAllBytes(), StandardCharsets.UTF_8)));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** The names and shapes of a list, {@code name size size …} a line. */
    public static Map<String, long[]> shapes(String list) {
        Map<String, long[]> shapes = new LinkedHashMap<>();
        list.lines()
                .map(line -> line.split(" "))
                .forEach(words -> shapes.put(
                        words[0],
                        Arrays.stream(words).skip(1).mapToLong(Long::parseLong).toArray()));
        return shapes;
    }

    private static float[] values(String name, long p, long[] shape) {
        int count = 1;
        int fanIn = 1;
        for (int i = 0; i < shape.length; i++) {
            count *= (int) shape[i];
            fanIn *= i == 0 ? 1 : (int) shape[i];
        }
        float[] values = new float[count];
        for (int j = 0; j < count; j++) {
            double s = uniform(j, p);
            if (name.endsWith("running_var")) {
                values[j] = (float) (1 + 0.1 * s);
            } else if (name.endsWith("running_mean") || name.endsWith("bias")) {
                values[j] = (float) (0.1 * s);
            } else if (shape.length == 1) {
                values[j] = (float) (1 + 0.1 * s);
            } else {
                values[j] = (float) (3 * s / Math.sqrt(fanIn));
            }
        }
        return values;
    }

    /** The formula's s in [−1, 1) times {@code scale} plus {@code shift}, at a place of its own. */
    public static Tensor numbers(long place, double scale, double shift, long... shape) {
        float[] values = new float[(int) Arrays.stream(shape).reduce(1, (a, b) -> a * b)];
        for (int j = 0; j < values.length; j++) {
            values[j] = (float) (scale * uniform(j, place) + shift);
        }
        return Tensors.of(values, shape);
    }

    private static double uniform(long j, long p) {
        long z = (j + (p << 32) + 1) * 0x9E3779B97F4A7C15L;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        z = z ^ (z >>> 31);
        return (z >>> 11) * 0x1.0p-53 * 2 - 1;
    }

    /** Compares to the reference within {@code tolerance}, relative to its largest value. */
    public static void assertMatches(Tensor actual, String reference, double tolerance) {
        assertMatches(Tensors.toArray(actual), reference, tolerance);
    }

    /** The same for an array. */
    public static void assertMatches(NdArray actual, String reference, double tolerance) {
        NdArray expected = array(reference);
        assertThat(actual.shape()).isEqualTo(expected.shape());
        float[] wanted = expected.toFloats();
        float[] got = actual.toFloats();
        double largest = 0;
        double difference = 0;
        for (int i = 0; i < wanted.length; i++) {
            largest = Math.max(largest, Math.abs(wanted[i]));
            difference = Math.max(difference, Math.abs(wanted[i] - got[i]));
        }
        assertThat(difference / largest)
                .as("largest difference to " + reference)
                .isLessThan(tolerance);
    }
}
