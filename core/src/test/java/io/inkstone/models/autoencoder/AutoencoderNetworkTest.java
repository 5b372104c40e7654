package io.inkstone.models.autoencoder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.golden.Golden;
import io.inkstone.layers.BlockPass;
import io.inkstone.layers.GroupNorm;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.models.Autoencodes;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.List;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoencoderNetworkTest {
    private static final AutoencoderShape PUBLISHED = new AutoencoderShape(3, 128, List.of(1, 2, 4, 4), 4, 32);

    @Test
    void hasThePublishedNumberOfParameters() {
        try (Scope scope = Scope.open();
                AutoencoderNetwork network = new AutoencoderNetwork(Initializer.shapesOnly(), PUBLISHED)) {
            assertThat(network.children().get("encoder").parameterCount()).isEqualTo(34_163_664);
            assertThat(network.children().get("decoder").parameterCount()).isEqualTo(49_490_199);
            assertThat(network.parameterCount()).isEqualTo(83_653_863);
        }
    }

    @Test
    void namesItsParametersAsPublished() {
        try (Scope scope = Scope.open();
                AutoencoderNetwork network = new AutoencoderNetwork(Initializer.shapesOnly(), PUBLISHED)) {
            assertThat(network.parameters().keySet())
                    .hasSize(248)
                    .contains(
                            "encoder.3.1.weight",
                            "encoder.4.res.weight",
                            "encoder.13.norm.weight",
                            "encoder.13.q.weight",
                            "encoder.18.bias",
                            "decoder.2.0.s.2.weight",
                            "decoder.2.1.out.bias",
                            "decoder.13.res.weight",
                            "decoder.23.bias");
        }
    }

    @Test
    void answersTheReferenceMomentsAndPictures() {
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin();
                AutoencoderNetwork network = Golden.fill(new AutoencoderNetwork(Initializer.empty(), PUBLISHED))) {
            Tensor moments = network.encode(Golden.tensor("kl_input"), BlockPass.PLAIN);
            Golden.assertMatches(moments, "kl_moments", 5e-5);
            Tensor pictures = network.decode(Autoencodes.mean(moments), BlockPass.PLAIN);
            Golden.assertMatches(pictures, "kl_reconstruction", 5e-5);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 24, 40", "1, 2, 6, 2", "3, 3, 20, 12", "3, 4, 8, 24", "1, 5, 32, 16"})
    void codesPicturesOfManySizes(int channels, int levels, int height, int width) {
        List<Integer> multipliers = List.of(1, 2, 2, 1, 1).subList(0, levels);
        AutoencoderShape shape = new AutoencoderShape(channels, 32, multipliers, 2, 32);
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin();
                AutoencoderNetwork network = new AutoencoderNetwork(Initializer.empty(), shape)) {
            Tensor moments = network.encode(Tensors.zeros(2, channels, height, width), BlockPass.PLAIN);
            assertThat(moments.shape()).containsExactly(2, 4, height / shape.reduction(), width / shape.reduction());
            Tensor pictures = network.decode(Autoencodes.mean(moments), BlockPass.PLAIN);
            assertThat(pictures.shape()).containsExactly(2, channels, height, width);
        }
    }

    @Test
    void numbersTheLayersForAnyLevels() {
        AutoencoderShape two = new AutoencoderShape(1, 32, List.of(1, 2), 3, 32);
        try (Scope scope = Scope.open();
                AutoencoderNetwork network = new AutoencoderNetwork(Initializer.shapesOnly(), two)) {
            Layer encoder = network.children().get("encoder");
            Layer decoder = network.children().get("decoder");
            assertThat(encoder.parameters()).containsKeys("3.1.weight", "4.res.weight", "7.q.weight", "12.bias");
            assertThat(encoder.parameters().get("12.weight").shape()).containsExactly(6, 6, 1, 1);
            assertThat(decoder.parameters()).containsKeys("2.1.q.weight", "7.weight", "8.res.weight", "13.bias");
        }
    }

    @Test
    void leavesPartsOutWhenAskedTo() {
        AutoencoderShape bare =
                new AutoencoderShape(1, 32, List.of(1, 2), 3, 32, new AutoencoderShape.Parts(false, false));
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin();
                AutoencoderNetwork network = new AutoencoderNetwork(Initializer.empty(), bare)) {
            assertThat(network.parameters().keySet())
                    .noneMatch(name -> name.contains(".res.") || name.contains(".q."))
                    .contains("encoder.4.0.weight", "encoder.11.bias");
            Tensor moments = network.encode(Tensors.zeros(1, 1, 4, 6), BlockPass.PLAIN);
            assertThat(network.decode(Autoencodes.mean(moments), BlockPass.PLAIN)
                            .shape())
                    .containsExactly(1, 1, 4, 6);
        }
    }

    /** Values of about a thousandth make eps matter: the variance 1e-6 is halved by the right one, lost in the wrong one. */
    @Test
    void normalisesWithTheSmallEps() {
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin();
                AutoencoderNetwork network = new AutoencoderNetwork(Initializer.empty(), PUBLISHED)) {
            Layer norm = network.children().get("encoder").children().get("15");
            float[] values = new float[512];
            for (int i = 0; i < values.length; i++) {
                values[i] = i % 2 == 0 ? 1e-3f : -1e-3f;
            }
            network.parameters().get("encoder.15.weight").fill_(new Scalar(1.0));
            Tensor out = ((GroupNorm) norm).apply(Tensors.of(values, 1, 512, 1, 1));
            // Variance 1e-6 + eps 1e-6: 1e-3/√2e-6 = 0.7071; eps 1e-5 would give 0.3015.
            assertThat(Tensors.toFloats(out)[0]).isCloseTo(0.70711f, within(1e-4f));
        }
    }

    @Test
    void refusesWhatItCannotBuildOrTake() {
        assertThatThrownBy(() -> PUBLISHED.requireSides(100, 100))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("divisible by 8, got 100×100")
                .hasMessageContaining("96 or 104");
        assertThatThrownBy(() -> PUBLISHED.requireSides(64, 7)).hasMessageContaining("8 or 16");
        assertThatThrownBy(() -> new AutoencoderShape(3, 48, List.of(1, 2), 4, 32))
                .hasMessageContaining("32 groups of its norms, got 48")
                .hasMessageContaining("choose for example 32");
        assertThatThrownBy(() -> new AutoencoderShape(3, 32, List.of(), 4, 32))
                .hasMessageContaining("model.multipliers");
        assertThatThrownBy(() -> new AutoencoderShape(3, 32, List.of(1), 0, 32)).hasMessageContaining("model.latent");
        try (Scope scope = Scope.open();
                AutoencoderNetwork network = new AutoencoderNetwork(Initializer.shapesOnly(), PUBLISHED)) {
            assertThatThrownBy(() -> network.decode(Tensors.zeros(1, 8, 2, 2), BlockPass.PLAIN))
                    .hasMessageContaining("[*, 4, *, *]");
        }
    }
}
