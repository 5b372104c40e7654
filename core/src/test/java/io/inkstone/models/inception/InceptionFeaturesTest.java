package io.inkstone.models.inception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.image.Pixels;
import io.inkstone.layers.Initializer;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InceptionFeaturesTest {
    /**
     * The same 24 million weights and the same two pictures as make_inception.py, from the same formula. Sums of up to
     * 18,432 products in float32 in another order: the two agree to 1e-3 of the features' spread.
     */
    @Test
    void answersLikeTheReference() throws IOException {
        List<Pixels> pictures = pictures();
        try (FeatureNetwork network = InceptionFeatures.of(weights())) {
            FeatureNetwork.Reading reading = network.read(pictures);
            assertClose(reading.features(), reference("inception_features"));
            float[] scores = reference("inception_scores");
            for (int row = 0; row < 2; row++) {
                double sum = 0;
                for (int i = 0; i < 1008; i++) {
                    sum += Math.exp(scores[row * 1008 + i]);
                }
                for (int i = 0; i < 1008; i++) {
                    assertThat((double) reading.probabilities()[row * 1008 + i])
                            .isCloseTo(Math.exp(scores[row * 1008 + i]) / sum, within(1e-4));
                }
            }
        }
    }

    private static void assertClose(float[] actual, float[] expected) {
        assertThat(actual).hasSameSizeAs(expected);
        for (int i = 0; i < actual.length; i++) {
            assertThat(actual[i]).isCloseTo(expected[i], within(1e-3f));
        }
    }

    @Test
    void hasThePublishedParameters() {
        try (Scope scope = Scope.open();
                InceptionNetwork network = new InceptionNetwork(Initializer.shapesOnly())) {
            // 21,785,568 of convolutions and norms, and 2,048 × 1,008 + 1,008.
            assertThat(network.parameterCount()).isEqualTo(23_850_960);
            assertThat(network.state())
                    .containsKeys(
                            "Conv2d_1a_3x3.conv.weight",
                            "Mixed_5b.branch3x3dbl_3.bn.running_var",
                            "Mixed_7c.branch3x3dbl_3b.bn.weight",
                            "fc.bias");
        }
    }

    @Test
    void refusesOtherWeights(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("other.safetensors");
        WeightFile.write(file, WeightSet.of(Map.of("fc.weight", NdArray.of(new float[4], 2, 2))));
        assertThatThrownBy(() -> InceptionFeatures.open(file, ComputeDevice.CPU))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("other.safetensors is no Inception of 2015-12-05")
                .hasMessageContaining("fc.weight is [2, 2], expected [1008, 2048]");
        assertThatThrownBy(() -> InceptionFeatures.open(folder.resolve("none.pth"), ComputeDevice.CPU))
                .isInstanceOf(InputException.class);
    }

    private static WeightSet weights() {
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

    private static List<Pixels> pictures() {
        int size = 40 * 32 * 3;
        byte[][] data = new byte[2][size];
        for (int i = 0; i < 2 * size; i++) {
            data[i / size][i % size] = (byte) (int) (number(1000, i) * 256);
        }
        return List.of(new Pixels(32, 40, 3, data[0]), new Pixels(32, 40, 3, data[1]));
    }

    private static float[] reference(String name) throws IOException {
        try (InputStream in =
                InceptionFeaturesTest.class.getResourceAsStream("/io/inkstone/evaluate/" + name + ".npy")) {
            return Npy.read(in, name, 1 << 20).toFloats();
        }
    }
}
