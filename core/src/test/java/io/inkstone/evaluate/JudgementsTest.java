package io.inkstone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.condition.Told;
import io.inkstone.image.PictureShape;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import java.util.Arrays;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class JudgementsTest {
    @Test
    void accuracyInTotalAndByClass() {
        LabelAccuracy accuracy = LabelAccuracy.of(new int[] {0, 0, 1, 1, 0}, new int[] {0, 0, 0, 1, 1}, 3);
        assertThat(accuracy.total()).isEqualTo(0.6);
        assertThat(accuracy.perClass().get(0)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(accuracy.perClass().get(1)).isEqualTo(0.5);
        assertThat(accuracy.perClass().get(2)).isNaN();
        assertThatThrownBy(() -> LabelAccuracy.of(new int[2], new int[3], 2)).hasMessageContaining("2 and 3");
    }

    /** Wilson 1927 for 8 of 10: (0.4902, 0.9433). */
    @Test
    void intervalsStayInsideTheRange() {
        int[] seen = {0, 0, 0, 0, 0, 0, 0, 0, 1, 1};
        Interval interval = LabelAccuracy.of(seen, new int[10], 2).interval();
        assertThat(interval.low()).isCloseTo(0.4902, within(1e-4));
        assertThat(interval.high()).isCloseTo(0.9433, within(1e-4));
        LabelAccuracy sure = LabelAccuracy.of(new int[10], new int[10], 2);
        assertThat(sure.interval().low()).isBetween(0.7, 0.8);
        assertThat(sure.interval().high()).isCloseTo(1, within(1e-12));
        assertThat(sure.intervals().get(0)).isEqualTo(sure.interval());
        assertThat(sure.intervals().get(1).low()).isNaN();
        assertThat(sure.fewest()).isEqualTo(10);
    }

    @Test
    void modesThatAreForgottenShow() {
        int[] real = {0, 1, 2, 3};
        assertThat(ModeCoverage.of(real, real, 4)).isEqualTo(new ModeCoverage(1, 0));
        ModeCoverage one = ModeCoverage.of(new int[] {2, 2, 2}, real, 4);
        assertThat(one.covered()).isEqualTo(0.25);
        assertThat(one.divergence()).isCloseTo(Math.log(4), within(1e-12));
        // A class that the data lacks does not count as covered.
        assertThat(ModeCoverage.of(new int[] {0, 1, 4}, new int[] {0, 1}, 5).covered())
                .isEqualTo(1);
        assertThat(ModeCoverage.labels(new float[] {0.1f, 0.9f, 0.6f, 0.4f}, 2)).containsExactly(1, 0);
        assertThatThrownBy(() -> ModeCoverage.of(new int[0], real, 4)).hasMessageContaining("0 and 4");
    }

    @Test
    void multiScaleSsimTakesWhatFits() {
        assertThat(MultiScaleSsim.scales(10, 40)).isZero();
        assertThat(MultiScaleSsim.scales(28, 28)).isEqualTo(2);
        assertThat(MultiScaleSsim.scales(64, 64)).isEqualTo(3);
        assertThat(MultiScaleSsim.scales(512, 600)).isEqualTo(5);
        float[] picture = new float[3 * 28 * 28];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = i * 37 % 101 / 100f;
        }
        PictureShape shape = new PictureShape(1, 3, 28, 28);
        assertThat(MultiScaleSsim.of(picture, picture, shape)).isCloseTo(1, within(1e-12));
        float[] opposite = new float[picture.length];
        for (int i = 0; i < picture.length; i++) {
            opposite[i] = 1 - picture[i];
        }
        assertThat(MultiScaleSsim.of(picture, opposite, shape)).isZero();
        assertThatThrownBy(() -> MultiScaleSsim.of(new float[100], new float[100], new PictureShape(1, 1, 10, 10)))
                .hasMessageContaining("11×11, got 10×10");
    }

    /**
     * z ~ N(0, 1), x|z ~ N(z, s²) on two independent values: x ~ N(0, 1 + s²) exactly, and the true posterior has mean
     * x/(1 + s²) and variance s²/(1 + s²). With the true posterior every draw gives log p(x); with a wider one the bounds
     * lie below, and more draws come closer.
     */
    private record LinearGaussian(double variance, double widening) implements LatentLikelihood {
        @Override
        public Tensor encode(Tensor pictures, Told told) {
            Tensor x = pictures.reshape(pictures.size(0), 2);
            Tensor mean = Tensors.scale(x, 1 / (1 + variance));
            double logVariance = Math.log(widening * variance / (1 + variance));
            return Tensors.concatenate(1, mean, mean.mul(new Scalar(0.0)).add(new Scalar(logVariance)));
        }

        @Override
        public Tensor logLikelihood(Tensor pictures, Tensor latents, Told told) {
            Tensor squares =
                    pictures.reshape(pictures.size(0), 2).sub(latents).square().sum(1);
            return Tensors.scale(squares, -0.5 / variance).sub(new Scalar(Math.log(2 * Math.PI * variance)));
        }

        @Override
        public String words() {
            return "Gaussian";
        }

        double exact(float[] x, int row) {
            double total = 1 + variance;
            double squares = x[2 * row] * x[2 * row] + x[2 * row + 1] * x[2 * row + 1];
            return -0.5 * squares / total - Math.log(2 * Math.PI * total);
        }
    }

    @Test
    void theTruePosteriorGivesTheExactLikelihood() {
        LinearGaussian model = new LinearGaussian(0.3, 1);
        float[] x = {0.5f, -1, 2, 0.1f, 0, 0};
        ImportanceWeightedBound bound = bound(model, x, 3);
        for (int row = 0; row < 3; row++) {
            assertThat(bound.evidence()[row]).isCloseTo(model.exact(x, row), within(1e-5));
            assertThat(bound.bound()[row]).isCloseTo(model.exact(x, row), within(1e-5));
        }
    }

    /** ELBO = log p − KL(q‖posterior), and KL of a Gaussian w times as wide is ½(w − 1 − log w) a dimension. */
    @Test
    void aWiderGuessCostsItsDivergenceAndManyDrawsWinItBack() {
        LinearGaussian model = new LinearGaussian(0.3, 2);
        float[] x = {0.5f, -1};
        double exact = model.exact(x, 0);
        ImportanceWeightedBound many = bound(model, x, 4000);
        assertThat(many.evidence()[0]).isCloseTo(exact - (2 - 1 - Math.log(2)), within(0.05));
        assertThat(many.bound()[0]).isCloseTo(exact, within(0.03));
        ImportanceWeightedBound one = bound(model, x, 1);
        assertThat(one.bound()[0]).isCloseTo(one.evidence()[0], within(1e-12));
        assertThat(Arrays.stream(many.bound()).allMatch(Double::isFinite)).isTrue();
        assertThat(ImportanceWeightedBound.bitsPerDimension(-784 * Math.log(2), 784))
                .isCloseTo(1, within(1e-12));
    }

    private static ImportanceWeightedBound bound(LinearGaussian model, float[] x, int draws) {
        try (Scope scope = Scope.open()) {
            Tensor pictures = Tensors.of(x, x.length / 2, 1, 1, 2);
            return ImportanceWeightedBound.of(
                    model,
                    pictures,
                    Told.of(Tensors.zeros(x.length / 2, 0)),
                    draws,
                    new Seed(5).generator(Seed.Purpose.SAMPLING));
        }
    }
}
