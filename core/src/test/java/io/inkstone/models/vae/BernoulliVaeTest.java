package io.inkstone.models.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.condition.Told;
import io.inkstone.layers.Layer;
import io.inkstone.models.Autoencodes;
import io.inkstone.models.DataForm;
import io.inkstone.models.Model;
import io.inkstone.models.TinyTraining;
import io.inkstone.models.code.GaussianCode;
import io.inkstone.models.foreign.Foreign;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;
import org.junit.jupiter.api.Test;

/** The VAE whose loss is a bound on the log-likelihood, in nats. */
class BernoulliVaeTest {
    private static final DataForm FORM = TinyTraining.form(1, 8);

    private static VaeSettings settings(List<Integer> channels, List<Integer> hidden, boolean binarise, long warmUp) {
        return new VaeSettings(
                new VaeSettings.ModelGroup(channels, hidden, 4, VaeSettings.Output.SIGMOID, false),
                new VaeSettings.ObjectiveGroup(VaeSettings.Likelihood.BERNOULLI, binarise, 1, warmUp));
    }

    private static VaeModel dense(boolean binarise, long warmUp) {
        return (VaeModel)
                TinyTraining.build(new VaeFamily(), settings(List.of(), List.of(24, 16), binarise, warmUp), FORM);
    }

    /** p = ¼ and ½: log ¼ + log ½ for ones, log ¾ + log ½ for zeros. */
    @Test
    void likelihoodByHand() {
        try (Scope scope = Scope.open()) {
            float quarter = (float) Math.log(1 / 3.0);
            Tensor logits = Tensors.of(new float[] {quarter, 0, quarter, 0}, 2, 1, 1, 2);
            Tensor pictures = Tensors.of(new float[] {1, 1, 0, 0}, 2, 1, 1, 2);
            assertThat(Tensors.toFloats(BernoulliLikelihood.of(logits, pictures)))
                    .containsExactly(new float[] {(float) Math.log(0.125), (float) Math.log(0.375)}, within(1e-6f));
        }
    }

    @Test
    void likelihoodIsTheCrossEntropyOfTheLibraryAndNeverOverflows() {
        try (Scope scope = Scope.open()) {
            Tensor logits = Tensors.of(new float[] {-100, -3, 0.1f, 2, 90, 0}, 1, 1, 2, 3);
            Tensor pictures = Tensors.of(new float[] {1, 0, 1, 1, 0, 0}, 1, 1, 2, 3);
            double reference = -6 * Tensors.toDouble(torch.binary_cross_entropy_with_logits(logits, pictures));
            assertThat(Tensors.toDouble(BernoulliLikelihood.of(logits, pictures)))
                    .isCloseTo(reference, within(1e-3));
            assertThatThrownBy(() -> BernoulliLikelihood.of(logits, Tensors.zeros(1, 1, 3, 2)))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("shapes differ");
        }
    }

    @Test
    void binarisesBySeedAndAnewEachTime() {
        try (Scope scope = Scope.open()) {
            Tensor third = Tensors.of(new float[] {0, 1f / 3, 1}, 1, 1, 1, 3).expand(4000, 1, 1, 3);
            float[] first = drawn(third, 7);
            assertThat(drawn(third, 7)).isEqualTo(first);
            assertThat(drawn(third, 8)).isNotEqualTo(first);
            double[] sums = new double[3];
            for (int i = 0; i < first.length; i++) {
                assertThat(first[i]).isIn(0f, 1f);
                sums[i % 3] += first[i];
            }
            assertThat(sums[0]).isZero();
            assertThat(sums[2]).isEqualTo(4000);
            // Four deviations of a share of a third among 4000.
            assertThat(sums[1] / 4000).isCloseTo(1 / 3.0, within(4 * Math.sqrt(2 / 9.0 / 4000)));
        }
    }

    private static float[] drawn(Tensor values, long batch) {
        Draws draws = new Draws(new Seed(1), batch, ComputeDevice.CPU);
        return Tensors.toFloats(BernoulliLikelihood.drawn(values, draws.uniform(values.shape())));
    }

    /** −log p(x|z) + KL of the very draws, from the densities that an estimator of log p(x) is given. */
    @Test
    void lossIsTheNegativeBound() {
        try (VaeModel model = dense(true, 0);
                Scope scope = Scope.open()) {
            Batch batch = TinyTraining.batch(FORM, true);
            Losses losses = TinyTraining.losses(model, batch, 3);
            Draws same = TinyTraining.draws(3);
            Told told = model.conditions().told(batch.conditions(), batch.size());
            Tensor pictures = BernoulliLikelihood.drawn(
                    batch.pictures(), same.uniform(batch.pictures().shape()));
            double expected = Layer.evaluating(() -> {
                GaussianCode code = GaussianCode.of(model.encode(pictures, told));
                Tensor latents = code.sample(same.normal(TinyTraining.BATCH, 4));
                double likelihood = Tensors.toDouble(
                        model.logLikelihood(pictures, latents, told).mean());
                return Tensors.toDouble(code.divergence()) - likelihood;
            });
            assertThat(Tensors.toDouble(losses.total())).isCloseTo(expected, within(1e-4));
        }
    }

    @Test
    void theDivergenceGrowsIntoTheLoss() {
        try (VaeModel model = dense(false, 10);
                Scope scope = Scope.open()) {
            Batch batch = TinyTraining.batch(FORM, true);
            for (Map.Entry<Long, Double> weight :
                    Map.of(0L, 0.0, 5L, 0.5, 10L, 1.0, 1000L, 1.0, -1L, 1.0).entrySet()) {
                Losses losses = TinyTraining.losses(model, batch, weight.getKey());
                assertThat(Tensors.toDouble(losses.total()))
                        .isCloseTo(
                                Tensors.toDouble(losses.parts().get("reconstruction"))
                                        + weight.getValue()
                                                * Tensors.toDouble(
                                                        losses.parts().get("kl")),
                                within(1e-4));
            }
        }
    }

    @Test
    void bothNetworksLearnAndKeepNothing() {
        for (VaeSettings each :
                List.of(settings(List.of(), List.of(24, 16), true, 0), settings(List.of(8, 16), List.of(), true, 0))) {
            try (Model model = TinyTraining.build(new VaeFamily(), each, FORM)) {
                List<StepReport> reports = TinyTraining.train(model, FORM, 80, 5e-3);
                // 64 values of probability 0.1 or 0.9 cost 64·0.325 = 20.8 nats when they are known, 44.4 at ½.
                assertThat(reports.get(0).loss()).isGreaterThan(40);
                assertThat(reports.get(79).loss()).isLessThan(32);
                assertThat(TinyTraining.leaked(model, FORM)).isZero();
            }
        }
    }

    @Test
    void theDenseNetworkSeesLabelsAndIsReadOffItsWeights() {
        VaeSettings conditional = new VaeSettings(
                new VaeSettings.ModelGroup(List.of(), List.of(20, 12), 3, VaeSettings.Output.SIGMOID, true),
                new VaeSettings.ObjectiveGroup(VaeSettings.Likelihood.BERNOULLI, true, 1, 0));
        DataForm form = TinyTraining.form(3, 6);
        try (VaeModel model = (VaeModel) TinyTraining.build(new VaeFamily(), conditional, form);
                Scope scope = Scope.open()) {
            Told upper = Told.of(Tensors.of(new float[] {1, 0}, 1, 2));
            Told left = Told.of(Tensors.of(new float[] {0, 1}, 1, 2));
            Tensor code = Tensors.zeros(1, 3);
            Tensor picture = Layer.evaluating(() -> model.decode(code, upper));
            assertThat(picture.shape()).containsExactly(1, 3, 6, 6);
            assertThat(Tensors.toFloats(picture))
                    .isNotEqualTo(Tensors.toFloats(Layer.evaluating(() -> model.decode(code, left))));
            assertThat(Tensors.toFloats(Autoencodes.mean(Layer.evaluating(() -> model.encode(picture, upper)))))
                    .hasSize(3);
            WeightSet weights = new WeightSet(LayerState.of(model.network()), Map.of(), List.of());
            Foreign file = new Foreign(weights, new DataForm(3, 64, List.of()), Optional.empty());
            var read = ForeignVae.recognise(file, new VaeFamily().defaults()).orElseThrow();
            assertThat(read.settings().model().hidden()).containsExactly(20, 12);
            assertThat(read.settings().model().latent()).isEqualTo(3);
            assertThat(read.settings().model().conditional()).isTrue();
            assertThat(read.data().side()).isEqualTo(6);
            assertThat(read.data().classes()).hasSize(2);
        }
    }

    @Test
    void refusesWhatContradictsItself() {
        assertThatThrownBy(() -> settings(List.of(8), List.of(8), false, 0))
                .hasMessageContaining("leave one of them empty");
        assertThatThrownBy(() -> new VaeSettings.ObjectiveGroup(VaeSettings.Likelihood.GAUSSIAN, true, 1, 0))
                .hasMessageContaining("objective.likelihood bernoulli");
        assertThatThrownBy(() -> new VaeSettings(
                        new VaeSettings.ModelGroup(List.of(8), List.of(), 4, VaeSettings.Output.RELU, false),
                        new VaeSettings.ObjectiveGroup(VaeSettings.Likelihood.BERNOULLI, false, 1, 0)))
                .hasMessageContaining("choose model.output sigmoid");
        try (VaeModel gaussian = (VaeModel) TinyTraining.build(
                        new VaeFamily(),
                        new VaeSettings(
                                new VaeSettings.ModelGroup(List.of(8), List.of(), 4, VaeSettings.Output.SIGMOID, false),
                                VaeSettings.ObjectiveGroup.gaussian(1)),
                        FORM);
                Scope scope = Scope.open()) {
            assertThatThrownBy(() -> gaussian.logLikelihood(
                            Tensors.zeros(1, 1, 8, 8), Tensors.zeros(1, 4), Told.of(Tensors.zeros(1, 0))))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("mnist-vae-nll");
        }
    }
}
