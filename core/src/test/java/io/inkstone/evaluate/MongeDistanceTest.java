package io.inkstone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class MongeDistanceTest {
    private static final Features REAL = features(60, 0, 1, 0);
    private static final Features GENERATED = features(50, 0.4, 1.1, 0.2);

    /** mind_features_to_metric of torch-fidelity on the same features, directions and chosen rows (make_metrics.py). */
    @Test
    void isTorchFidelitys() {
        assertThat(MongeDistance.between(REAL.first(50), GENERATED, 100, 2020).value())
                .isCloseTo(1.3234947547316551, within(1e-6));
        assertThat(MongeDistance.between(REAL, GENERATED, 100, 2020).value())
                .isCloseTo(1.4430390670895576, within(1e-6));
        assertThat(MongeDistance.between(GENERATED, REAL, 1000, 7)).satisfies(distance -> {
            assertThat(distance.value()).isCloseTo(1.4244946986436844, within(1e-6));
            assertThat(distance.count()).isEqualTo(50);
        });
        assertThat(MongeDistance.between(REAL, GENERATED).value()).isCloseTo(1.3483188897371292, within(1e-6));
    }

    /** A shift by v moves every rank by u·v, and the mean of (u·v)² over directions is |v|²/d: three times |v|² is left. */
    @Test
    void ofAShiftIsThreeTimesItsSquare() {
        Features x = NormalFeatures.of(200, 8, 1, 0);
        float[] moved = x.values().clone();
        for (int i = 0; i < moved.length; i += 8) {
            moved[i] += 0.5f;
        }
        // 10,000 directions know the mean of a squared direction to 1.5 %.
        assertThat(MongeDistance.between(new Features(moved, 8), x).value()).isCloseTo(0.75, within(0.04));
        assertThat(MongeDistance.between(x, x).value()).isZero();
    }

    /** What the interval says must be what other samples do. */
    @Test
    void itsErrorIsTheScatterOfFigures() {
        Features real = NormalFeatures.of(400, 8, 99, 0);
        double[] figures = new double[20];
        double[] errors = new double[20];
        for (int i = 0; i < figures.length; i++) {
            Features generated = NormalFeatures.of(400, 8, i, 0.3f);
            figures[i] = MongeDistance.between(generated, real, 200, 2020).value();
            errors[i] = MongeDistance.error(generated, real, i);
        }
        double error = Arrays.stream(errors).average().orElseThrow();
        // Both are known to about a sixth from twenty values each.
        assertThat(error / Halves.deviation(figures)).isBetween(0.6, 1.6);
    }

    @Test
    void refusesWhatCannotBeCompared() {
        assertThatThrownBy(() -> MongeDistance.between(REAL, NormalFeatures.of(5, 3, 1, 0)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("7 and of 3 features");
        assertThatThrownBy(() -> MongeDistance.between(REAL.first(1), REAL))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("2 pictures of either side");
    }

    /** Row i, column j: a smooth but tangled function of both, as in make_metrics.py. */
    private static Features features(int count, double seed, double scale, double shift) {
        float[] values = new float[count * 7];
        for (int at = 0; at < values.length; at++) {
            double i = Math.floorDiv(at, 7);
            double j = at % 7;
            float value =
                    (float) (Math.sin((i + 1) * (j + 2) * 0.7 + seed) + 0.5 * Math.cos(i * 0.3 + j * j * 0.11 + seed));
            values[at] = scale == 1 ? value : (float) (scale * value + shift);
        }
        return new Features(values, 7);
    }
}
