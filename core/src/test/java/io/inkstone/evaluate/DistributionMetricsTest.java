package io.inkstone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Closed forms and properties; numbers of other programs stand in {@link ReferenceMetricsTest}. */
class DistributionMetricsTest {
    /** ±1 around the mean in each dimension alone: variances 2·s²/(2d − 1), no covariance. */
    private static Features cross(double[] mean, double[] deviations) {
        int d = mean.length;
        float[] values = new float[2 * d * d];
        for (int row = 0; row < 2 * d; row++) {
            for (int i = 0; i < d; i++) {
                double off = row / 2 == i ? (row % 2 == 0 ? 1 : -1) * deviations[i] : 0;
                values[row * d + i] = (float) (mean[i] + off);
            }
        }
        return new Features(values, d);
    }

    /** For diagonal covariances: ‖μ₁ − μ₂‖² + Σ (σ₁ − σ₂)². */
    @Test
    void frechetDistanceOfDiagonalGaussians() {
        Features one = cross(new double[] {0, 1, 2}, new double[] {1, 2, 3});
        Features other = cross(new double[] {1, 1, 0}, new double[] {2, 2, 0});
        double unit = 2.0 / 5;
        double expected = 1 + 4 + unit * (1 + 0 + 9);
        assertThat(FrechetDistance.between(Moments.of(one), Moments.of(other))).isCloseTo(expected, within(1e-12));
        assertThat(FrechetDistance.between(Moments.of(other), Moments.of(one))).isCloseTo(expected, within(1e-12));
    }

    @Test
    void frechetDistanceToItselfIsZeroAlsoWhereTheCovarianceIsSingular() {
        Features few = NormalFeatures.of(20, 64, 1, 0);
        assertThat(FrechetDistance.between(Moments.of(few), Moments.of(few))).isCloseTo(0, within(1e-11));
        Features all = NormalFeatures.of(500, 64, 2, 0);
        assertThat(FrechetDistance.between(Moments.of(all), Moments.of(all))).isCloseTo(0, within(1e-11));
        Features constant = new Features(new float[30], 3);
        assertThat(FrechetDistance.between(Moments.of(constant), Moments.of(constant)))
                .isZero();
    }

    /** Two planes of 8 that share no direction: no root of the product, the traces remain. */
    @Test
    void frechetDistanceOfOrthogonalSubspacesIsTheSumOfTraces() {
        Features low = cross(new double[4], new double[] {1, 2, 0, 0});
        Features high = cross(new double[4], new double[] {0, 0, 3, 1});
        double unit = 2.0 / 7;
        assertThat(FrechetDistance.between(Moments.of(low), Moments.of(high)))
                .isCloseTo(unit * (1 + 4 + 9 + 1), within(1e-12));
    }

    /** Far from 0 and of unequal parts, where sums of squares would lose their digits. */
    @Test
    void momentsOfPartsAreThoseOfTheWhole() {
        Features all = NormalFeatures.of(600, 4, 9, 1000);
        Moments whole = Moments.of(all);
        Moments merged = new Moments(4);
        merged.add(new Moments(4));
        for (int[] part : new int[][] {{0, 1}, {1, 400}, {400, 600}}) {
            Moments some = Moments.of(new Features(Arrays.copyOfRange(all.values(), 4 * part[0], 4 * part[1]), 4));
            merged.add(Moments.of(some.count(), some.mean(), some.scatter()));
        }
        assertThat(merged.count()).isEqualTo(600);
        assertThat(merged.mean()).containsExactly(whole.mean(), within(1e-10));
        assertThat(merged.scatter()).containsExactly(whole.scatter(), within(1e-8));
        assertThatThrownBy(() -> merged.add(new Moments(5))).hasMessageContaining("take in none of 5");
        assertThatThrownBy(() -> Moments.of(3, new double[2], new double[3])).hasMessageContaining("are not moments");
    }

    @Test
    void momentsInBatchesAreThoseOfTheWhole() {
        Features all = NormalFeatures.of(101, 5, 3, 1000);
        Moments batches = new Moments(5);
        for (int from = 0; from < 101; from += 10) {
            int to = Math.min(101, from + 10);
            batches.add(new Features(Arrays.copyOfRange(all.values(), from * 5, to * 5), 5));
        }
        batches.add(new Features(new float[0], 5));
        assertThat(batches.count()).isEqualTo(101);
        assertThat(FrechetDistance.between(batches, Moments.of(all))).isCloseTo(0, within(1e-10));
        double[] mean = batches.mean();
        for (int i = 0; i < 5; i++) {
            double sum = 0;
            for (int row = 0; row < 101; row++) {
                sum += all.values()[row * 5 + i];
            }
            assertThat(mean[i]).isCloseTo(sum / 101, within(1e-9));
        }
    }

    /** Unbiased: for equal distributions the mean over subsets is 0 within a few of its errors. */
    @Test
    void kernelDistanceOfEqualDistributionsIsNearZeroAndOfOthersIsNot() {
        Features one = NormalFeatures.of(2000, 8, 4, 0);
        KernelDistance equal = KernelDistance.between(NormalFeatures.of(2000, 8, 5, 0), one, 10, 500, 7);
        assertThat(Math.abs(equal.mean())).isLessThan(4 * equal.deviation());
        assertThat(equal.deviation()).isPositive().isLessThan(0.05);
        KernelDistance moved = KernelDistance.between(NormalFeatures.of(2000, 8, 5, 0.5f), one, 10, 500, 7);
        assertThat(moved.mean()).isGreaterThan(20 * Math.abs(equal.mean()));
        assertThat(KernelDistance.between(NormalFeatures.of(2000, 8, 5, 0), one, 10, 500, 7))
                .isEqualTo(equal);
    }

    @Test
    void inceptionScoreLiesBetweenOneAndTheClasses() {
        float[] sure = new float[400];
        float[] unsure = new float[400];
        float[] always = new float[400];
        Arrays.fill(unsure, 0.25f);
        for (int i = 0; i < 100; i++) {
            sure[4 * i + i % 4] = 1;
            always[4 * i] = 1;
        }
        assertThat(InceptionScore.of(sure, 4, 5).mean()).isCloseTo(4, within(1e-6));
        assertThat(InceptionScore.of(unsure, 4, 5).mean()).isCloseTo(1, within(1e-9));
        assertThat(InceptionScore.of(always, 4, 5).mean()).isCloseTo(1, within(1e-9));
        assertThat(InceptionScore.of(sure, 4, 5).deviation()).isCloseTo(0, within(1e-9));
        assertThat(InceptionScore.of(Arrays.copyOf(sure, 40), 4).parts()).isEqualTo(2);
    }

    /** A line of integer points has balls of radius 3 (k = 3, at the ends) or 2. */
    @Test
    void overlapOnALine() {
        Features line = line(20, 0, 1);
        assertThat(ManifoldOverlap.of(line, line)).isEqualTo(new ManifoldOverlap(1, 1, overlapDensity(), 1));
        Features far = line(20, 1000, 1);
        assertThat(ManifoldOverlap.of(far, line)).isEqualTo(new ManifoldOverlap(0, 0, 0, 0));
        // Generated pictures all in one place of the line: precise, little recalled, little covered.
        Features collapsed = line(20, 10, 0.001f);
        ManifoldOverlap modes = ManifoldOverlap.of(collapsed, line);
        assertThat(modes.precision()).isEqualTo(1);
        assertThat(modes.recall()).isLessThanOrEqualTo(0.05);
        assertThat(modes.coverage()).isLessThan(0.4);
    }

    /** Each of 20 points on the line lies in its own ball and in those of its neighbours: counted by hand. */
    private static double overlapDensity() {
        int inside = 0;
        for (int ball = 0; ball < 20; ball++) {
            int[] distances = new int[20];
            for (int i = 0; i < 20; i++) {
                distances[i] = Math.abs(i - ball);
            }
            int[] sorted = distances.clone();
            Arrays.sort(sorted);
            inside += (int) Arrays.stream(distances)
                    .filter(distance -> distance <= sorted[5])
                    .count();
        }
        return inside / (5.0 * 20);
    }

    private static Features line(int count, float from, float step) {
        float[] values = new float[2 * count];
        for (int i = 0; i < count; i++) {
            values[2 * i] = from + i * step;
        }
        return new Features(values, 2);
    }

    @Test
    void refusesWhatCannotBeMeasured() {
        Features one = new Features(new float[3], 3);
        Features wide = new Features(new float[40], 4);
        assertThatThrownBy(() -> FrechetDistance.between(Moments.of(one), Moments.of(one)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("2 pictures or more, got 1");
        assertThatThrownBy(() -> FrechetDistance.between(Moments.of(wide), Moments.of(new Features(new float[9], 3))))
                .hasMessageContaining("one network");
        assertThatThrownBy(() -> KernelDistance.between(one, one, 0)).hasMessageContaining("KID needs 2");
        assertThatThrownBy(() -> KernelDistance.between(wide, new Features(new float[30], 3), 0))
                .hasMessageContaining("one network");
        assertThatThrownBy(() -> ManifoldOverlap.of(one, one)).hasMessageContaining("more than 5 pictures");
        assertThatThrownBy(() -> InceptionScore.of(new float[5], 4, 1)).hasMessageContaining("5 values for 4 classes");
        assertThatThrownBy(() -> new Features(new float[] {1, Float.NaN}, 1)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> new Features(new float[5], 2)).hasMessageContaining("rows of 2");
        assertThatThrownBy(() -> new Moments(2).add(one)).hasMessageContaining("no rows of 3");
    }
}
