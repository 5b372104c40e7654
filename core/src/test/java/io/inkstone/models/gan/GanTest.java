package io.inkstone.models.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.condition.Condition;
import io.inkstone.layers.Layer;
import io.inkstone.models.DataForm;
import io.inkstone.models.TinyTraining;
import io.inkstone.models.draw.GenerationRequest;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.Draws;
import io.inkstone.train.Losses;
import io.inkstone.train.Objective;
import io.inkstone.train.Phase;
import io.inkstone.train.StepReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GanTest {
    private static final GanFamily FAMILY = new GanFamily();

    private static GanModel model(DataForm form, boolean conditional, boolean spectral) {
        GanSettings settings = new GanSettings(new GanSettings.ModelGroup(6, conditional, spectral));
        return (GanModel) TinyTraining.build(FAMILY, settings, form);
    }

    @ParameterizedTest
    @CsvSource({"1, 28, true, false", "1, 28, false, true", "3, 16, true, true", "3, 32, false, false"})
    void playsAtAnySizeThatDividesByFour(int channels, int side, boolean conditional, boolean spectral) {
        DataForm form = TinyTraining.form(channels, side);
        try (GanModel model = model(form, conditional, spectral)) {
            List<StepReport> reports = TinyTraining.train(model, form, 1, 2e-4);
            assertThat(reports.get(0).losses())
                    .containsOnlyKeys("discriminator", "generator", "realScore", "fakeScore");
            assertThat(reports.get(0).losses().get("realScore")).isBetween(0.0, 1.0);
            assertThat(model.objective().validates()).isFalse();
        }
    }

    /** The two classes hold one picture each, so what the generator should make of a label is known. */
    @Test
    void theGeneratorLearnsFromTheDiscriminator() {
        DataForm form = TinyTraining.form(1, 8);
        try (GanModel model = model(form, true, true)) {
            double before = error(model, form);
            TinyTraining.train(model, form, 150, 1e-3);
            assertThat(before).isGreaterThan(0.1);
            assertThat(error(model, form)).isLessThan(0.05);
        }
    }

    private static double error(GanModel model, DataForm form) {
        try (Scope scope = Scope.open()) {
            Batch batch = TinyTraining.batch(form, true);
            GenerationRequest request = GenerationRequest.of(TinyTraining.BATCH, 1)
                    .withConditions(IntStream.range(0, TinyTraining.BATCH)
                            .mapToObj(i -> Condition.oneOf(i % 2, 2))
                            .toList());
            Tensor made = Layer.evaluating(() -> model.generate(request));
            return Tensors.toDouble(Tensors.meanSquaredError(made, batch.pictures()));
        }
    }

    @Test
    void aPhaseTrainsItsOwnSideOnly() {
        DataForm form = TinyTraining.form(1, 8);
        try (GanModel model = model(form, true, false);
                Scope scope = Scope.open()) {
            Objective objective = model.objective();
            for (Phase phase : objective.phases()) {
                objective.network().trainable(false);
                phase.trained().trainable(true);
                Losses losses =
                        phase.losses(TinyTraining.batch(form, true), new Draws(new Seed(3), 1, ComputeDevice.CPU));
                losses.total().backward();
                Map<String, Tensor> all = new TreeMap<>(objective.network().parameters());
                all.forEach((name, parameter) -> assertThat(parameter.grad().defined())
                        .as(name + " in " + phase.name())
                        .isEqualTo(name.startsWith(phase.name())));
                all.values().forEach(parameter -> parameter.mutable_grad().reset());
            }
        }
    }

    @Test
    void theDiscriminatorSeesTheLabel() {
        try (GanModel model = model(TinyTraining.form(1, 8), true, true);
                Scope scope = Scope.open()) {
            Discriminator discriminator = ((GanNetwork) model.network()).discriminator();
            Tensor picture = Tensors.zeros(1, 1, 8, 8);
            assertThat(logit(discriminator, picture, 1, 0)).isNotEqualTo(logit(discriminator, picture, 0, 1));
        }
    }

    private static double logit(Discriminator discriminator, Tensor picture, float... context) {
        return Layer.evaluating(
                () -> Tensors.toDouble(discriminator.apply(picture, Tensors.of(context, 1, context.length))));
    }

    @Test
    void generatorIsTheOneOfThePlainBaseline() {
        try (GanModel model = (GanModel) TinyTraining.build(
                FAMILY, FAMILY.defaults(), new DataForm(1, 28, java.util.Collections.nCopies(10, "digit")))) {
            Layer generator = model.network().children().get("generator");
            assertThat(generator.parameterCount()).isEqualTo(6_650_433);
        }
    }

    @Test
    void lossIsTheSurpriseInNats() {
        try (Scope scope = Scope.open()) {
            Tensor logits = Tensors.of(new float[] {0, (float) Math.log(3)}, 2, 1);
            // Probabilities ½ and ¾ of being real.
            assertThat(Tensors.toDouble(GanObjective.loss(logits, true)))
                    .isCloseTo((Math.log(2) + Math.log(4.0 / 3)) / 2, within(1e-6));
            assertThat(Tensors.toDouble(GanObjective.loss(logits, false)))
                    .isCloseTo((Math.log(2) + Math.log(4)) / 2, within(1e-6));
            assertThatThrownBy(() -> GanObjective.loss(Tensors.zeros(2), true)).isInstanceOf(InputException.class);
        }
    }
}
