package io.inkstone.models.dnn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.golden.Golden;
import io.inkstone.layers.Initializer;
import io.inkstone.layers.Layer;
import io.inkstone.models.DataForm;
import io.inkstone.models.Model;
import io.inkstone.models.TinyTraining;
import io.inkstone.tensor.Scope;
import io.inkstone.train.StepReport;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DnnTest {
    private static final LatentGenerator.Shape PUBLISHED = new LatentGenerator.Shape(62, 10, 1, 28);

    @Test
    void hasThePublishedParameters() {
        try (Scope scope = Scope.open();
                LatentGenerator network = new LatentGenerator(Initializer.shapesOnly(), PUBLISHED)) {
            assertThat(network.parameterCount()).isEqualTo(6_650_433);
            assertThat(network.state().keySet())
                    .hasSize(20)
                    .startsWith("fc.0.weight", "fc.0.bias", "fc.1.weight", "fc.1.bias", "fc.1.running_mean")
                    .endsWith("deconv.3.weight", "deconv.3.bias");
        }
    }

    @Test
    void answersTheReferenceInput() {
        try (Scope scope = Scope.open();
                LatentGenerator network = Golden.fill(new LatentGenerator(Initializer.empty(), PUBLISHED))) {
            Golden.assertMatches(Layer.evaluating(() -> network.apply(Golden.tensor("dnn_input"))), "dnn_output", 5e-5);
        }
    }

    @ParameterizedTest
    @CsvSource({"1, 28, 10", "3, 32, 0", "3, 16, 47"})
    void drawsAnySizeThatDividesByFour(int channels, int side, int classes) {
        DataForm form = new DataForm(channels, side, java.util.Collections.nCopies(classes, "class"));
        DnnFamily family = new DnnFamily();
        try (Model model = TinyTraining.build(family, family.defaults(), form);
                Scope scope = Scope.open()) {
            assertThat(model.inputShape(2)).containsExactly(2, 62 + classes);
            LatentGenerator network = (LatentGenerator) model.network();
            long[] shape = Layer.evaluating(() -> network.apply(io.inkstone.tensor.Tensors.zeros(model.inputShape(2))))
                    .shape();
            assertThat(shape).containsExactly(2, channels, side, side);
        }
    }

    @Test
    void refusesOtherSizes() {
        assertThatThrownBy(() -> new LatentGenerator.Shape(62, 10, 1, 30))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("divisible by 4, got 30")
                .hasMessageContaining("28 or 32");
    }

    @Test
    void learnsThePictureOfALabel() {
        DataForm form = TinyTraining.form(1, 8);
        DnnFamily family = new DnnFamily();
        try (Model model = TinyTraining.build(family, family.defaults(), form)) {
            List<StepReport> reports = TinyTraining.train(model, form, 60, 1e-3);
            assertThat(reports.get(0).loss()).isGreaterThan(0.1);
            assertThat(reports.get(59).loss()).isLessThan(0.02);
        }
    }
}
