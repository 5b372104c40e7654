package io.inkstone.models.inception;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.layers.Initializer;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.weights.WeightFile;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InceptionFeaturesTest {
    /**
     * The same 24 million weights and the same two pictures as make_inception.py, from the same formula. Sums of up to
     * 18,432 products in float32 in another order: the two agree to 1e-3 of the features' spread. The weights come out of a
     * file of PyTorch's, as those that users have.
     */
    @Test
    void answersLikeTheReference(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("inception.pth");
        WeightFile.write(file, InceptionFormula.weights());
        try (FeatureNetwork network = InceptionFeatures.open(file, ComputeDevice.CPU)) {
            FeatureNetwork.Reading reading = network.read(InceptionFormula.pictures());
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

    private static float[] reference(String name) throws IOException {
        try (InputStream in =
                InceptionFeaturesTest.class.getResourceAsStream("/io/inkstone/evaluate/" + name + ".npy")) {
            return Npy.read(in, name, 1 << 20).toFloats();
        }
    }
}
