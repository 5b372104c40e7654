package io.inkstone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Intervals from random halves, against closed forms and against what fresh samples do. */
class HalvesTest {
    @Test
    void everyHalfIsAHalfOfTheWhole() {
        Halves halves = Halves.of(11, 20, 3);
        assertThat(halves.counts()).startsWith(11).hasSize(21);
        assertThat(Arrays.stream(halves.counts()).skip(1)).allMatch(count -> count == 5);
        assertThat(Halves.of(11, 20, 3).members()).isEqualTo(halves.members());
        assertThat(Halves.none(4).counts()).containsExactly(4);
    }

    /** A mean of n values has the error σ/√n; 20 halves know it to a fifth. */
    @Test
    void theErrorOfAMeanIsThatOfTheFormula() {
        double[] values = new Random(1).doubles(1000).toArray();
        Halves halves = Halves.of(values.length, Halves.USUAL, 0);
        double[] sums = new double[halves.parts()];
        for (int i = 0; i < values.length; i++) {
            double value = values[i];
            Halves.forEach(halves.members()[i], part -> sums[part] += value);
        }
        int[] counts = halves.counts();
        Arrays.setAll(sums, part -> sums[part] / counts[part]);
        assertThat(Halves.error(sums))
                .isCloseTo(Interval.errorOfMean(values), within(0.5 * Interval.errorOfMean(values)));
    }

    @Test
    void intervalsByHand() {
        Interval interval = Interval.ofMean(new double[] {1, 2, 3});
        assertThat(interval.low()).isCloseTo(2 - 1.959964 / Math.sqrt(3), within(1e-9));
        assertThat(interval.within(0.9, 2.5)).isEqualTo(new Interval(0.9, 2.5));
        assertThat(Interval.ofMean(new double[] {4}).low()).isNaN();
        assertThat(Interval.around(0, 0).within(0, 1).high()).isNaN();
    }

    /** None of 300 says nothing beyond 0, all of them nothing beyond 1; Wilson's other end by hand. */
    @Test
    void intervalsOfSharesEndAtTheirEnds() {
        double squared = 1.959964 * 1.959964;
        assertThat(Interval.ofShare(0, 300).low()).isZero();
        assertThat(Interval.ofShare(0, 300).high()).isCloseTo(squared / (300 + squared), within(1e-12));
        assertThat(Interval.ofShare(1, 300).high()).isOne();
        assertThat(Interval.ofShare(1, 300).low()).isCloseTo(300 / (300 + squared), within(1e-12));
    }

    /** Each half counted by the slow way: its pictures alone as the generated ones. */
    @Test
    void overlapOfAHalfIsThatOfItsPictures() {
        Features real = NormalFeatures.of(60, 3, 1, 0);
        Features generated = NormalFeatures.of(50, 3, 2, 0.5f);
        Halves halves = Halves.of(50, 4, 9);
        for (int half = 0; half <= 4; half++) {
            int part = half;
            int[] chosen = IntStream.range(0, 50)
                    .filter(i -> (halves.members()[i] >> part & 1) == 1)
                    .toArray();
            float[] rows = new float[3 * chosen.length];
            for (int i = 0; i < chosen.length; i++) {
                System.arraycopy(generated.values(), 3 * chosen[i], rows, 3 * i, 3);
            }
            assertThat(ManifoldOverlap.ofParts(generated, real, halves).get(part))
                    .isEqualTo(ManifoldOverlap.of(new Features(rows, 3), real));
        }
    }

    /** The error that one sample tells is about the scatter of fresh samples. */
    @Test
    void errorsAreTheScatterOfFreshSamples() {
        Features real = NormalFeatures.of(400, 4, 1, 0);
        double[] recalls = new double[30];
        double[] kernels = new double[30];
        double recallError = 0;
        double kernelError = 0;
        for (int i = 0; i < 30; i++) {
            Features fresh = NormalFeatures.of(200, 4, 100 + i, 0.7f);
            ManifoldOverlap.Estimate estimate = ManifoldOverlap.estimate(fresh, real.first(200), i);
            recalls[i] = estimate.figures().recall();
            recallError += estimate.errors().recall() / 30;
            KernelDistance distance = KernelDistance.between(fresh, real, 20, 100, i);
            kernels[i] = distance.mean();
            kernelError += distance.error(fresh, real, i) / 30;
        }
        assertThat(recallError / Halves.deviation(recalls)).isBetween(0.5, 2.0);
        assertThat(kernelError / Halves.deviation(kernels)).isBetween(0.5, 2.0);
    }

    @Test
    void scoresAndDiversityHaveErrors() {
        Random random = new Random(3);
        float[] probabilities = new float[2 * 400];
        float[] pictures = new float[400 * 5];
        for (int i = 0; i < 400; i++) {
            probabilities[2 * i] = random.nextFloat();
            probabilities[2 * i + 1] = 1 - probabilities[2 * i];
        }
        for (int i = 0; i < pictures.length; i++) {
            pictures[i] = random.nextFloat();
        }
        InceptionScore score = InceptionScore.of(probabilities, 2);
        double error = score.error(probabilities, 2, 0);
        // Ten parts are ten independent scores.
        assertThat(error).isBetween(0.4 * score.deviation() / Math.sqrt(10), 2.5 * score.deviation() / Math.sqrt(10));
        LabelledPictures set = LabelledPictures.of(pictures, new int[400]);
        assertThat(Diversity.of(set, set, 1).error()).isBetween(0.0005, 0.02);
        LabelledPictures three = LabelledPictures.of(Arrays.copyOf(pictures, 15), new int[3]);
        assertThat(Diversity.of(three, three, 1).error()).isNaN();
    }
}
