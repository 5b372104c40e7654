package io.inkstone.models.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.condition.Told;
import io.inkstone.golden.Golden;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.DataForm;
import io.inkstone.models.Model;
import io.inkstone.models.TinyTraining;
import io.inkstone.models.code.GaussianCode;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.Losses;
import io.inkstone.train.StepReport;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaeTest {
    private static final List<Integer> CHANNELS = List.of(16, 32, 64, 128, 256);

    @Test
    void hasThePublishedParameters() {
        try (Scope scope = Scope.open();
                VaeNetwork network = new VaeNetwork(Initializer.shapesOnly(), published(VaeSettings.Output.SIGMOID))) {
            assertThat(network.parameterCount()).isEqualTo(1_183_283);
            assertThat(network.parameters().keySet())
                    .startsWith("encoder.0.0.weight")
                    .contains("encoder.4.1.bias", "mean_linear.weight", "var_linear.bias", "decoder_projection.weight")
                    .contains("decoder.3.0.weight", "decoder.4.3.weight")
                    .noneMatch(name -> name.contains("context"));
        }
    }

    private static VaeShape published(VaeSettings.Output output) {
        return new VaeShape(3, 64, CHANNELS, 128, 0, output);
    }

    @Test
    void answersTheReferencePictures() {
        try (Scope scope = Scope.open();
                VaeNetwork network =
                        Golden.fill(new VaeNetwork(Initializer.empty(), published(VaeSettings.Output.RELU)))) {
            Tensor none = Tensors.zeros(2, 0);
            Tensor moments = Layer.evaluating(() -> network.encode(Golden.tensor("vae_input"), none));
            Golden.assertMatches(Autoencodes.mean(moments), "vae_mean", 5e-5);
            Golden.assertMatches(Autoencodes.logVariance(moments), "vae_logvar", 5e-5);
            Golden.assertMatches(
                    Layer.evaluating(() -> network.decode(Autoencodes.mean(moments), none)),
                    "vae_reconstruction",
                    5e-5);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 28, 3, 10", "1, 28, 5, 0", "3, 64, 5, 0", "3, 30, 4, 2", "1, 17, 3, 2", "3, 2, 1, 0"})
    void givesBackTheSizeThatItWasGiven(int channels, int side, int depth, int classes) {
        VaeShape shape =
                new VaeShape(channels, side, CHANNELS.subList(0, depth), 6, classes, VaeSettings.Output.SIGMOID);
        try (Scope scope = Scope.open();
                VaeNetwork network = new VaeNetwork(Initializer.seeded(new Seed(1)), shape)) {
            Tensor contexts = Tensors.zeros(2, classes);
            Tensor moments = Layer.evaluating(() -> network.encode(Tensors.zeros(2, channels, side, side), contexts));
            assertThat(moments.shape()).containsExactly(2, 12);
            assertThat(Layer.evaluating(() -> network.decode(Autoencodes.mean(moments), contexts))
                            .shape())
                    .containsExactly(2, channels, side, side);
        }
    }

    @Test
    void refusesMoreHalvingsThanThereArePixels() {
        assertThatThrownBy(() -> new VaeShape(1, 28, List.of(8, 8, 8, 8, 8, 8), 4, 0, VaeSettings.Output.SIGMOID))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("28 can be halved 5 times")
                .hasMessageContaining("resize the data to 64");
    }

    @Test
    void measuresTheDivergenceInNatsPerPicture() {
        try (Scope scope = Scope.open()) {
            // ½(1 + 0 − ln 1 − 1) = ½ and 0; ½(0 + e − 1 − 1) and ½(4 + 1 − 0 − 1) = 2: sums ½ and ½(e − 2) + 2.
            Tensor moments = Tensors.of(new float[] {1, 0, 0, 0, 0, 2, 1, 0}, 2, 4);
            double expected = (0.5 + (Math.E - 2) / 2 + 2) / 2;
            assertThat(Tensors.toDouble(GaussianCode.of(moments).divergence())).isCloseTo(expected, within(1e-6));
        }
    }

    @Test
    void clampsTheLogVariance() {
        VaeShape shape = new VaeShape(1, 4, List.of(2), 3, 0, VaeSettings.Output.SIGMOID);
        try (Scope scope = Scope.open();
                VaeNetwork network = new VaeNetwork(Initializer.seeded(new Seed(1)), shape)) {
            Tensor huge = Tensors.of(new float[] {1e6f}, 1, 1, 1, 1).expand(1, 1, 4, 4);
            float[] moments = Tensors.toFloats(Layer.evaluating(() -> network.encode(huge, Tensors.zeros(1, 0))));
            for (int i = 3; i < 6; i++) {
                assertThat(moments[i]).isIn(-30f, 20f);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void learnsToGiveBackPictures(boolean conditional) {
        DataForm form = TinyTraining.form(1, 8);
        try (Model model = TinyTraining.build(new VaeFamily(), settings(conditional, 1e-4), form)) {
            List<StepReport> reports = TinyTraining.train(model, form, 100, 5e-3);
            StepReport last = reports.get(99);
            assertThat(reports.get(0).losses().get("reconstruction")).isGreaterThan(0.1);
            assertThat(last.losses().get("reconstruction")).isLessThan(0.03);
            assertThat(last.loss())
                    .isCloseTo(
                            last.losses().get("reconstruction")
                                    + 1e-4 * last.losses().get("kl"),
                            within(1e-6));
        }
    }

    private static VaeSettings settings(boolean conditional, double klWeight) {
        return new VaeSettings(
                new VaeSettings.ModelGroup(List.of(8, 16), List.of(), 4, VaeSettings.Output.SIGMOID, conditional),
                VaeSettings.ObjectiveGroup.gaussian(klWeight));
    }

    @Test
    void withoutDivergenceNothingIsDrawn() {
        DataForm form = TinyTraining.form(1, 8);
        try (Model model = TinyTraining.build(new VaeFamily(), settings(false, 0), form);
                Scope scope = Scope.open()) {
            Batch batch = TinyTraining.batch(form, true);
            Losses losses = TinyTraining.losses(model, batch, 1);
            assertThat(losses.parts()).isEmpty();
            assertThat(Tensors.toDouble(losses.total()))
                    .isEqualTo(Tensors.toDouble(
                            TinyTraining.losses(model, batch, 2).total()));
        }
        try (Model model = TinyTraining.build(new VaeFamily(), settings(false, 1e-4), form);
                Scope scope = Scope.open()) {
            Batch batch = TinyTraining.batch(form, true);
            assertThat(Tensors.toDouble(TinyTraining.losses(model, batch, 1).total()))
                    .isNotEqualTo(Tensors.toDouble(
                            TinyTraining.losses(model, batch, 2).total()));
        }
    }

    @Test
    void encoderAndDecoderBothSeeTheLabel() {
        DataForm form = TinyTraining.form(1, 8);
        try (Model model = TinyTraining.build(new VaeFamily(), settings(true, 1e-4), form);
                Scope scope = Scope.open()) {
            VaeModel vae = (VaeModel) model;
            Told upper = Told.of(Tensors.of(new float[] {1, 0}, 1, 2));
            Told left = Told.of(Tensors.of(new float[] {0, 1}, 1, 2));
            Tensor picture = Tensors.zeros(1, 1, 8, 8);
            Tensor code = Tensors.zeros(1, 4);
            assertThat(floats(vae, () -> vae.encode(picture, upper)))
                    .isNotEqualTo(floats(vae, () -> vae.encode(picture, left)));
            assertThat(floats(vae, () -> vae.decode(code, upper)))
                    .isNotEqualTo(floats(vae, () -> vae.decode(code, left)));
        }
    }

    private static float[] floats(Model model, java.util.function.Supplier<Tensor> work) {
        return Tensors.toFloats(Layer.evaluating(work));
    }
}
