package io.inkstone.models.unet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.condition.Told;
import io.inkstone.golden.Golden;
import io.inkstone.image.Size;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.layers.Norm;
import io.inkstone.models.DataForm;
import io.inkstone.models.Model;
import io.inkstone.models.TinyTraining;
import io.inkstone.models.diffusion.DiffusionFamily;
import io.inkstone.models.diffusion.DiffusionSettings;
import io.inkstone.models.diffusion.NetworkChoice;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.NoGradient;
import io.inkstone.tensor.Precision;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.StepReport;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModernUnetTest {
    private static final Map<String, ModernShape> CASES = Map.of(
            "patched",
            new ModernShape(3, Size.square(16), 5, 32, List.of(1, 2, 4), 1, List.of(1, 2), 2, Norm.GROUP, 0),
            "plain",
            new ModernShape(1, Size.square(8), 2, 16, List.of(1, 3), 2, List.of(0), 1, Norm.BATCH, 0),
            "placed",
            new ModernShape(4, Size.square(4), 14, 24, List.of(2), 1, List.of(), 1, Norm.LAYER, 0.3));

    @ParameterizedTest
    @ValueSource(strings = {"patched", "plain", "placed"})
    void namesItsParametersAsTheReferenceDoes(String name) throws IOException {
        try (Scope scope = Scope.open();
                ModernUnet network = new ModernUnet(Initializer.shapesOnly(), CASES.get(name));
                InputStream in = Golden.class.getResourceAsStream("modern/modern_names.txt")) {
            List<String> expected = new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> line.startsWith(name + " "))
                    .map(line -> line.substring(name.length() + 1))
                    .toList();
            assertThat(network.state().keySet()).containsExactlyInAnyOrderElementsOf(expected);
        }
    }

    /** The reference is computed in float64; the answers are of the order of 1. */
    @ParameterizedTest
    @ValueSource(strings = {"patched", "plain", "placed"})
    void answersTheReference(String name) {
        try (Scope scope = Scope.open();
                ModernUnet network = Golden.fill(new ModernUnet(Initializer.empty(), CASES.get(name)))) {
            Tensor answer = Layer.evaluating(() -> network.apply(
                    Golden.tensor("modern/" + name + "_noisy"),
                    Golden.tensor("modern/" + name + "_time"),
                    Told.of(Golden.tensor("modern/" + name + "_context"))));
            Golden.assertMatches(answer, "modern/" + name + "_answer", 5e-5);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 28, 1, 3", "1, 28, 2, 2", "3, 20, 1, 3", "4, 16, 1, 2", "3, 8, 4, 2", "3, 7, 1, 1"})
    void answersPicturesOfManySizes(int channels, int side, int patch, int levels) {
        List<Integer> multipliers = List.of(1, 2, 2).subList(0, levels);
        ModernShape shape = new ModernShape(
                channels, Size.square(side), 3, 8, multipliers, 1, List.of(levels - 1), patch, Norm.GROUP, 0);
        try (Scope scope = Scope.open();
                NoGradient none = NoGradient.begin();
                ModernUnet network = new ModernUnet(Initializer.empty(), shape)) {
            Tensor answer = network.apply(
                    Tensors.zeros(2, channels, side, side), Tensors.zeros(1), Told.of(Tensors.zeros(1, 3)));
            assertThat(answer.shape()).containsExactly(2, channels, side, side);
        }
    }

    /** Whatever ends a branch starts at zero, so the first answer is none, and the first gradients reach only the end. */
    @Test
    void saysNothingBeforeItHasLearned() {
        try (Scope scope = Scope.open();
                ModernUnet network = new ModernUnet(Initializer.seeded(new Seed(1)), CASES.get("patched"))) {
            Tensor noisy = Golden.tensor("modern/patched_noisy");
            Tensor answer = network.apply(noisy, Tensors.of(new float[] {0.5f}, 1), Told.of(Tensors.zeros(1, 5)));
            assertThat(Tensors.toDouble(answer.abs().max())).isZero();
            assertThat(zero(network, "down0.0.conv2.weight")).isTrue();
            assertThat(zero(network, "middle.attention0.out.weight")).isTrue();
            assertThat(zero(network, "down0.0.conv1.weight")).isFalse();
        }
    }

    private static boolean zero(ModernUnet network, String name) {
        return Tensors.toDouble(network.parameters().get(name).abs().max()) == 0;
    }

    @ParameterizedTest
    @EnumSource(Norm.class)
    void everyParameterLearns(Norm norm) {
        DataForm form = TinyTraining.form(1, 8);
        DiffusionSettings settings = settings(norm, 0.1);
        try (Model model = TinyTraining.build(new DiffusionFamily(), settings, form)) {
            List<StepReport> reports = TinyTraining.train(model, form, 40, 3e-3);
            double first = reports.stream()
                    .limit(5)
                    .mapToDouble(StepReport::loss)
                    .average()
                    .orElseThrow();
            double last = reports.stream()
                    .skip(35)
                    .mapToDouble(StepReport::loss)
                    .average()
                    .orElseThrow();
            assertThat(last).isLessThan(0.8 * first);
            try (Scope scope = Scope.open();
                    Model untrained = TinyTraining.build(new DiffusionFamily(), settings, form)) {
                Map<String, Tensor> before = untrained.network().parameters();
                model.network().parameters().forEach((name, tensor) -> assertThat(torch.equal(tensor, before.get(name)))
                        .as(name)
                        .isFalse());
            }
            assertThat(TinyTraining.leaked(model, form)).isZero();
        }
    }

    @Test
    void dropsTheSameValuesInTheSameStep() {
        DataForm form = TinyTraining.form(1, 8);
        List<Double> first = losses(settings(Norm.GROUP, 0.5), form);
        assertThat(losses(settings(Norm.GROUP, 0.5), form)).isEqualTo(first);
        assertThat(losses(settings(Norm.GROUP, 0), form)).isNotEqualTo(first);
    }

    private static List<Double> losses(DiffusionSettings settings, DataForm form) {
        try (Model model = TinyTraining.build(new DiffusionFamily(), settings, form)) {
            return TinyTraining.train(model, form, 4, 3e-3).stream()
                    .map(StepReport::loss)
                    .toList();
        }
    }

    @Test
    void answersInBfloat16NearlyTheSame() {
        try (Scope scope = Scope.open();
                ModernUnet network = Golden.fill(new ModernUnet(Initializer.empty(), CASES.get("patched")))) {
            Tensor answer = Layer.evaluating(() -> Precision.BFLOAT16.compute(
                    ComputeDevice.CPU,
                    () -> network.apply(
                            Golden.tensor("modern/patched_noisy"),
                            Golden.tensor("modern/patched_time"),
                            Told.of(Golden.tensor("modern/patched_context")))));
            // Eight bits of mantissa through some twenty layers; answers have a deviation of about 1.
            Golden.assertMatches(answer, "modern/patched_answer", 0.2);
        }
    }

    @Test
    void refusesWhatItCannotBuild() {
        assertThatThrownBy(() -> shape(30, List.of(1, 2, 2), 1, List.of(), 8))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("divisible by 4")
                .hasMessageContaining("got 30")
                .hasMessageContaining("28 or 32");
        assertThatThrownBy(() -> shape(28, List.of(1, 2, 2), 2, List.of(), 8)).hasMessageContaining("24 or 32");
        assertThatThrownBy(() -> shape(16, List.of(), 1, List.of(), 8)).hasMessageContaining("model.multipliers");
        assertThatThrownBy(() -> shape(16, List.of(1, 2), 1, List.of(2), 8))
                .hasMessageContaining("model.attention lists levels from 0 (full size) to 1");
        assertThat(shape(16, List.of(1), 8, List.of(), 8).reduction()).isEqualTo(8);
        for (int patch : new int[] {0, -2, 3, 6, 32, 1 << 30}) {
            assertThatThrownBy(() -> shape(18, List.of(1, 2, 2), patch, List.of(), 8))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("model.patch must be a power of two up to the shorter side 18")
                    .hasMessageContaining("got " + patch + ".");
        }
        assertThatThrownBy(() -> shape(16, List.of(1), 1, List.of(), 12))
                .hasMessageContaining("divisible by 8, got 12");
        assertThatThrownBy(() -> new ModernShape(3, Size.square(16), 2, 8, List.of(1), 1, List.of(), 1, Norm.GROUP, 1))
                .hasMessageContaining("model.dropout lies in [0, 1), got 1.0");
        try (Scope scope = Scope.open();
                ModernUnet network = new ModernUnet(Initializer.empty(), CASES.get("plain"))) {
            assertThatThrownBy(() ->
                            network.apply(Tensors.zeros(1, 1, 10, 9), Tensors.zeros(1), Told.of(Tensors.zeros(1, 2))))
                    .hasMessageContaining("divisible by 2, got 9×10 (width × height)");
            assertThat(network.apply(Tensors.zeros(1, 1, 4, 10), Tensors.zeros(1), Told.of(Tensors.zeros(1, 2)))
                            .shape())
                    .containsExactly(1, 1, 4, 10);
            assertThatThrownBy(() ->
                            network.apply(Tensors.zeros(1, 1, 8, 8), Tensors.zeros(1), Told.of(Tensors.zeros(1, 3))))
                    .hasMessageContaining("U-Net context");
            assertThatThrownBy(() ->
                            network.apply(Tensors.zeros(4, 1, 8, 8), Tensors.zeros(3), Told.of(Tensors.zeros(4, 2))))
                    .hasMessageContaining("U-Net times");
        }
    }

    private static ModernShape shape(
            int side, List<Integer> multipliers, int patch, List<Integer> attention, int width) {
        return new ModernShape(3, Size.square(side), 2, width, multipliers, 1, attention, patch, Norm.GROUP, 0);
    }

    private static DiffusionSettings settings(Norm norm, double dropout) {
        DiffusionSettings plain = new DiffusionFamily().defaults();
        DiffusionSettings.ModelGroup model = plain.model();
        return new DiffusionSettings(
                new DiffusionSettings.ModelGroup(
                        NetworkChoice.MODERN,
                        16,
                        true,
                        model.context(),
                        new DiffusionSettings.ModernKeys(List.of(1, 2), 1, List.of(1), 1, norm, dropout),
                        model.text()),
                plain.diffusion());
    }
}
