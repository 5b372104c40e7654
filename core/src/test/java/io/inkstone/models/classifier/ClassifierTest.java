package io.inkstone.models.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.evaluate.FeatureNetwork;
import io.inkstone.layers.Initializer;
import io.inkstone.models.DataForm;
import io.inkstone.models.Model;
import io.inkstone.models.TinyTraining;
import io.inkstone.models.foreign.Foreign;
import io.inkstone.models.foreign.Imported;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Batch;
import io.inkstone.train.Draws;
import io.inkstone.train.Losses;
import io.inkstone.train.StepReport;
import io.inkstone.weights.LayerState;
import io.inkstone.weights.WeightSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ClassifierTest {
    private static final ClassifierFamily FAMILY = new ClassifierFamily();

    @Test
    void isSmall() {
        DataForm digits = new DataForm(1, 28, Collections.nCopies(10, "digit"));
        try (Scope scope = Scope.open();
                Model model = FAMILY.build(Initializer.shapesOnly(), FAMILY.defaults(), digits)) {
            assertThat(model.network().parameterCount()).isEqualTo(116_906);
            assertThat(model.inputShape(3)).containsExactly(3, 1, 28, 28);
        }
    }

    @Test
    void learnsWhatAnybodyCanTellApart() {
        DataForm form = TinyTraining.form(3, 9);
        try (Model model = TinyTraining.build(FAMILY, FAMILY.defaults(), form)) {
            List<StepReport> reports = TinyTraining.train(model, form, 30, 3e-3);
            assertThat(reports.get(0).loss()).isBetween(0.2, 2.0);
            assertThat(reports.get(29).loss()).isLessThan(0.05);
            assertThat(reports.get(29).losses().get("accuracy")).isEqualTo(1);
            assertThat(TinyTraining.leaked(model, form)).isZero();
        }
    }

    /** A ramp over the columns, moved: each pixel is that of its neighbour, the edge repeats. */
    @Test
    void movesEachPictureByItsOwn() {
        float[] ramps = new float[64 * 5 * 5];
        for (int i = 0; i < ramps.length; i++) {
            ramps[i] = 10 * (i / 5 % 5) + i % 5;
        }
        Set<String> moves = new HashSet<>();
        try (Scope scope = Scope.open()) {
            Draws draws = new Draws(new Seed(1), 0, ComputeDevice.CPU);
            float[] moved = Tensors.toFloats(Shifted.of(Tensors.of(ramps, 64, 1, 5, 5), 1, draws));
            for (int picture = 0; picture < 64; picture++) {
                int dy = (int) moved[picture * 25 + 12] / 10 - 2;
                int dx = (int) moved[picture * 25 + 12] % 10 - 2;
                moves.add(dy + "," + dx);
                for (int i = 0; i < 25; i++) {
                    int y = Math.min(Math.max(i / 5 + dy, 0), 4);
                    int x = Math.min(Math.max(i % 5 + dx, 0), 4);
                    assertThat(moved[picture * 25 + i]).isEqualTo(10 * y + x);
                }
            }
        }
        assertThat(moves).hasSize(9);
    }

    @Test
    void validationSeesThePicturesAsTheyAre() {
        DataForm form = TinyTraining.form(1, 8);
        ClassifierSettings shifting =
                new ClassifierSettings(FAMILY.defaults().model(), new ClassifierSettings.AugmentGroup(3));
        try (Model model = TinyTraining.build(FAMILY, shifting, form);
                Scope scope = Scope.open()) {
            Batch batch = TinyTraining.batch(form, true);
            assertThat(Tensors.toDouble(TinyTraining.losses(model, batch, 1).total()))
                    .isEqualTo(Tensors.toDouble(
                            TinyTraining.losses(model, batch, 2).total()));
        }
    }

    @Test
    void refusesWhatHasNoClasses() {
        assertThatThrownBy(
                        () -> FAMILY.build(Initializer.shapesOnly(), FAMILY.defaults(), new DataForm(1, 28, List.of())))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("2 classes or more, got 0");
        assertThatThrownBy(() -> new ClassifierSettings.ModelGroup(List.of(), false))
                .hasMessageContaining("model.channels");
        assertThatThrownBy(() -> new ClassifierSettings.AugmentGroup(-1)).hasMessageContaining("augment.shift");
        DataForm form = TinyTraining.form(1, 8);
        try (Model model = TinyTraining.build(FAMILY, FAMILY.defaults(), form);
                Scope scope = Scope.open()) {
            Batch batch = TinyTraining.batch(form, true);
            Batch unlabelled = new Batch(batch.pictures(), List.of(), true);
            Draws draws = new Draws(new Seed(1), 0, ComputeDevice.CPU);
            assertThatThrownBy(() -> model.objective().phases().get(0).losses(unlabelled, draws))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("one class per picture");
        }
    }

    /** Every attribute by itself: any number of them in a picture. */
    @Test
    void tellsAttributes() {
        DataForm form = TinyTraining.form(1, 8);
        ClassifierSettings several = new ClassifierSettings(
                new ClassifierSettings.ModelGroup(List.of(4, 8), true), new ClassifierSettings.AugmentGroup(0));
        try (Model model = TinyTraining.build(FAMILY, several, form);
                Scope scope = Scope.open()) {
            Batch batch = TinyTraining.batch(form, true);
            double first = Tensors.toDouble(TinyTraining.losses(model, batch, 1).total());
            assertThat(first).isBetween(0.2, 2.0);
            TinyTraining.train(model, form, 60, 0.01);
            Losses after = TinyTraining.losses(model, batch, 1);
            assertThat(Tensors.toDouble(after.total())).isLessThan(0.1);
            assertThat(Tensors.toDouble(after.parts().get("accuracy"))).isEqualTo(1);
            Batch none = new Batch(batch.pictures(), List.of(), true);
            assertThat(Tensors.toDouble(TinyTraining.losses(model, none, 1).total()))
                    .isGreaterThan(1);
            FeatureNetwork judge = ((ClassifierModel) model).judge("attributes", "hash", ComputeDevice.CPU);
            assertThat(judge.exclusive()).isFalse();
            float[] seen = judge.read(model.pictures().pixels(Tensors.toArray(batch.pictures())))
                    .probabilities();
            for (int i = 0; i < TinyTraining.BATCH; i++) {
                assertThat(seen[2 * i + i % 2]).isGreaterThan(0.5f);
                assertThat(seen[2 * i + 1 - i % 2]).isLessThan(0.5f);
            }
        }
    }

    @Test
    void isRecognisedByItsWeights() {
        DataForm form = TinyTraining.form(3, 16);
        ClassifierSettings wide = new ClassifierSettings(
                new ClassifierSettings.ModelGroup(List.of(4, 6, 8, 10), false), new ClassifierSettings.AugmentGroup(1));
        try (Model model = TinyTraining.build(FAMILY, wide, form)) {
            WeightSet weights = WeightSet.of(LayerState.of(model.network()));
            Imported<ClassifierSettings> read = FAMILY.recognise(
                            new Foreign(weights, new DataForm(1, 16, List.of()), Optional.empty()), FAMILY.defaults())
                    .orElseThrow();
            assertThat(read.settings().model()).isEqualTo(wide.model());
            assertThat(read.data()).isEqualTo(new DataForm(3, 16, List.of("0", "1")));
        }
    }
}
