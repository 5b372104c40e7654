package io.inkstone.diffusion.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.diffusion.AllPaths;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.LevelBatch;
import io.inkstone.diffusion.LevelDraw;
import io.inkstone.diffusion.LossWeight;
import io.inkstone.diffusion.NoisePath;
import io.inkstone.diffusion.Target;
import io.inkstone.diffusion.path.EdmPath;
import io.inkstone.diffusion.target.EdmTarget;
import io.inkstone.diffusion.target.NoiseTarget;
import io.inkstone.diffusion.target.VelocityTarget;
import io.inkstone.golden.SamplerReferences;
import io.inkstone.tensor.ComputeDevice;
import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Seed;
import io.inkstone.tensor.Tensors;
import io.inkstone.train.Draws;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import org.bytedeco.pytorch.Tensor;
import org.junit.jupiter.api.Test;

class TrainingLevelsTest {
    private static final int MANY = 20_000;

    /** The forms that the paper writes for what networks usually answer. */
    @Test
    void minSnrHasThePublishedForms() {
        LossWeight weight = new MinSnrWeight(5);
        NoisePath path = AllPaths.byName().get("cosine");
        for (double time : new double[] {0.01, 0.1, 0.3, 0.5, 0.9, 1}) {
            Level level = path.at(time);
            double snr = Math.pow(level.alpha() / level.sigma(), 2);
            assertThat(weight.of(level, new NoiseTarget())).isCloseTo(Math.min(snr, 5) / snr, within(1e-9));
            assertThat(weight.of(level, new VelocityTarget())).isCloseTo(Math.min(snr, 5) / (snr + 1), within(1e-9));
        }
        assertThatThrownBy(() -> new MinSnrWeight(0)).isInstanceOf(InputException.class);
    }

    @Test
    void theWeightOfKarrasIsOneForHisTarget() {
        NoisePath path = AllPaths.byName().get("edm");
        for (double time : new double[] {0.01, 0.3, 0.6, 1}) {
            Level level = path.at(time);
            double sigma = level.sigma();
            assertThat(new KarrasWeight(0.5).of(level, new EdmTarget(0.5))).isCloseTo(1, within(1e-12));
            // On ε, whose error moves the clean picture by σ: λ·σ² = (σ² + s²)/s².
            double expected = (sigma * sigma + 0.25) / 0.25;
            assertThat(new KarrasWeight(0.5).of(level, new NoiseTarget())).isCloseTo(expected, within(1e-9 * expected));
        }
    }

    /** k-diffusion's loss for one answer at several levels. */
    @Test
    void theErrorOfEdmIsKarras() {
        double[] sigmas = SamplerReferences.numbers("edm.sigmas");
        double[] losses = SamplerReferences.numbers("edm.loss");
        Target target = new EdmTarget(0.5);
        try (Scope scope = Scope.open()) {
            Tensor answer = SamplerReferences.formula(5);
            Tensor noise = SamplerReferences.formula(6);
            Tensor clean = SamplerReferences.formula(7);
            for (int k = 0; k < sigmas.length; k++) {
                Target.Mix mix = target.answer(new Level(0.5, 1, sigmas[k]));
                Tensor wanted = Tensors.combine(mix.ofClean(), clean, mix.ofNoise(), noise);
                double loss = Tensors.toDouble(answer.sub(wanted).square().mean());
                assertThat(loss).isCloseTo(losses[k], within(1e-6 * losses[k]));
            }
        }
    }

    @Test
    void uniformDrawsAreTheTableIndices() {
        double[] times = draw(LevelDraw.uniform(10));
        assertThat(Arrays.stream(times).distinct().sorted())
                .containsExactly(0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0);
        assertThat(mean(times)).isCloseTo(0.55, within(0.01));
    }

    @Test
    void logNormalDrawsHaveTheirMeanAndDeviation() {
        NoisePath path = new EdmPath(1000, 0.002, 80);
        double[] logarithms = Arrays.stream(draw(new LogNormalLevels(path, -1.2, 1.2)))
                .map(time -> Math.log(path.at(time).ratio()))
                .toArray();
        // 20,000 draws: the mean is known to 0.0085; nothing but 1e-6 of them is beyond the path's end.
        assertThat(mean(logarithms)).isCloseTo(-1.2, within(0.035));
        assertThat(deviation(logarithms)).isCloseTo(1.2, within(0.035));
    }

    @Test
    void logitNormalDrawsLieInTheMiddle() {
        double[] times = draw(new LogitNormalLevels(0, 1));
        double[] logits = Arrays.stream(times).map(t -> Math.log(t / (1 - t))).toArray();
        assertThat(mean(logits)).isCloseTo(0, within(0.03));
        assertThat(deviation(logits)).isCloseTo(1, within(0.03));
        assertThat(Arrays.stream(times)).allMatch(time -> time > 0 && time < 1);
    }

    @Test
    void drawsAreAFunctionOfTheirAddress() {
        LevelDraw draw = new LogitNormalLevels(0, 1);
        assertThat(draw(draw)).isEqualTo(draw(draw));
    }

    @Test
    void aBatchScalesEachPictureByItsOwnLevel() {
        LevelBatch batch = new LevelBatch(List.of(new Level(0.1, 1, 0.5), new Level(0.9, 0.25, 2)), ComputeDevice.CPU);
        try (Scope scope = Scope.open()) {
            Tensor x = Tensors.of(new float[] {1, 2, 3, 4}, 2, 1, 1, 2);
            Tensor y = Tensors.of(new float[] {10, 10, 10, 10}, 2, 1, 1, 2);
            assertThat(Tensors.toFloats(batch.mixed(Level::alpha, x, Level::sigma, y)))
                    .containsExactly(6, 7, 20.75f, 21);
            assertThat(Tensors.toFloats(batch.mixed(level -> 0, x, level -> 1, y)))
                    .containsExactly(10, 10, 10, 10);
            assertThat(Tensors.toFloats(batch.numbers(Level::time))).containsExactly(0.1f, 0.9f);
        }
    }

    private static double[] draw(LevelDraw draw) {
        try (Scope scope = Scope.open()) {
            return draw.times(new Draws(new Seed(3), 0, ComputeDevice.CPU), MANY);
        }
    }

    private static double mean(double[] values) {
        return DoubleStream.of(values).average().orElseThrow();
    }

    private static double deviation(double[] values) {
        double mean = mean(values);
        return Math.sqrt(DoubleStream.of(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
    }
}
