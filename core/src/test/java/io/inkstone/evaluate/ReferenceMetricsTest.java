package io.inkstone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.image.PictureShape;
import org.junit.jupiter.api.Test;

/** Agreement with other programs on the same numbers; see make_metrics.py beside the test resources. */
class ReferenceMetricsTest {
    private static final Features REAL = features(60, 7, 0);
    private static final Features GENERATED = stretched(features(50, 7, 0.4));

    /** A tolerance of float64; the reference takes a matrix square root of the product instead. */
    @Test
    void frechetDistanceOfScipy() {
        double distance = FrechetDistance.between(Moments.of(REAL), Moments.of(GENERATED));
        assertThat(distance).isCloseTo(0.5813062610090647, within(1e-6));
    }

    @Test
    void kernelDistanceOfPlainSums() {
        assertThat(KernelDistance.discrepancy(REAL.first(50), GENERATED))
                .isCloseTo(0.0014862117559415466, within(1e-6));
    }

    @Test
    void overlapOfAllDistances() {
        ManifoldOverlap overlap = ManifoldOverlap.of(GENERATED, REAL);
        assertThat(overlap.precision()).isCloseTo(0.96, within(1e-9));
        assertThat(overlap.recall()).isCloseTo(1, within(1e-9));
        assertThat(overlap.density()).isCloseTo(0.832, within(1e-9));
        assertThat(overlap.coverage()).isCloseTo(1, within(1e-9));
    }

    @Test
    void inceptionScoreOfNumpy() {
        Features logits = features(40, 5, 1);
        float[] probabilities = new float[200];
        for (int row = 0; row < 40; row++) {
            double sum = 0;
            for (int i = 0; i < 5; i++) {
                sum += Math.exp(3.0 * logits.values()[row * 5 + i]);
            }
            for (int i = 0; i < 5; i++) {
                probabilities[row * 5 + i] = (float) (Math.exp(3.0 * logits.values()[row * 5 + i]) / sum);
            }
        }
        assertThat(InceptionScore.of(probabilities, 5, 1).mean()).isCloseTo(2.1207187851527523, within(1e-6));
        InceptionScore halves = InceptionScore.of(probabilities, 5, 2);
        assertThat(halves.mean()).isCloseTo(2.115583990704148, within(1e-6));
        assertThat(halves.deviation()).isCloseTo(0.05920588627765888, within(1e-6));
    }

    @Test
    void multiScaleSsimOfPytorchMsssim() {
        int side = 176;
        float[] picture = new float[side * side];
        float[] other = new float[side * side];
        for (int i = 0; i < picture.length; i++) {
            int u = i % side;
            int v = i / side;
            picture[i] = (float) (0.5 + 0.4 * Math.sin(u * 0.13) * Math.cos(v * 0.07));
            other[i] = Math.min(1, Math.max(0, picture[i] + 0.1f * (float) Math.sin(u * 1.1 + v * 0.9)));
        }
        PictureShape shape = new PictureShape(1, 1, side, side);
        assertThat(MultiScaleSsim.of(picture, other, shape)).isCloseTo(0.8993958562659481, within(1e-6));
        assertThat(MultiScaleSsim.of(picture, other, shape, 2)).isCloseTo(0.7297106504782767, within(1e-6));
    }

    private static Features features(int count, int size, double seed) {
        float[] values = new float[count * size];
        for (int at = 0; at < values.length; at++) {
            double i = at / size;
            double j = at % size;
            values[at] =
                    (float) (Math.sin((i + 1) * (j + 2) * 0.7 + seed) + 0.5 * Math.cos(i * 0.3 + j * j * 0.11 + seed));
        }
        return new Features(values, size);
    }

    /** float32 times 1.1 in float64, plus 0.2, rounded: as the script computes it. */
    private static Features stretched(Features features) {
        float[] values = new float[features.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (1.1 * features.values()[i] + 0.2);
        }
        return new Features(values, features.size());
    }
}
