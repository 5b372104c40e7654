package io.inkstone.models.inception;

import io.inkstone.array.NdArray;
import io.inkstone.image.Pixels;
import io.inkstone.layers.Initializer;
import io.inkstone.tensor.Scope;
import io.inkstone.weights.WeightSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** 24 million weights of Inception by the formula of make_inception.py, in place of the published ones. */
public final class InceptionFormula {
    private InceptionFormula() {}

    /** All tensors by their names. */
    public static WeightSet weights() {
        Map<String, long[]> shapes = new TreeMap<>();
        try (Scope scope = Scope.open();
                InceptionNetwork network = new InceptionNetwork(Initializer.shapesOnly())) {
            network.state().forEach((name, tensor) -> shapes.put(name, tensor.shape()));
        }
        Map<String, NdArray> tensors = new TreeMap<>();
        int index = 0;
        for (Map.Entry<String, long[]> entry : shapes.entrySet()) {
            tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue(), index++));
        }
        return WeightSet.of(tensors);
    }

    private static NdArray tensor(String name, long[] shape, int index) {
        int count = 1;
        for (long size : shape) {
            count *= (int) size;
        }
        double fanIn = (double) count / shape[0];
        boolean positive = name.endsWith("running_var") || name.endsWith("bn.weight");
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            double u = number(index, i);
            values[i] = (float)
                    (positive
                            ? 0.75 + 0.5 * u
                            : shape.length == 1 ? 0.4 * (u - 0.5) : (u - 0.5) * Math.sqrt(24 / fanIn));
        }
        return NdArray.of(values, shape);
    }

    /** The formula of make_inception.py. */
    private static double number(int tensor, int element) {
        int h = (int) (element * 2654435761L + tensor * 40503L + 12345L);
        for (int round = 0; round < 2; round++) {
            h = (h ^ (h >>> 16)) * 0x45D9F3B;
        }
        return Integer.toUnsignedLong(h ^ (h >>> 16)) / 4294967296.0;
    }

    /** Two pictures of 32×40. */
    static List<Pixels> pictures() {
        int size = 40 * 32 * 3;
        byte[][] data = new byte[2][size];
        for (int i = 0; i < 2 * size; i++) {
            data[i / size][i % size] = (byte) (int) (number(1000, i) * 256);
        }
        return List.of(new Pixels(32, 40, 3, data[0]), new Pixels(32, 40, 3, data[1]));
    }
}
