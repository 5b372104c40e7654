package io.inkstone.diffusion.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.diffusion.AllPaths;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.NoisePath;
import io.inkstone.golden.SamplerReferences;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold for every path. */
class PathsTest {
    private static final int STEPS = AllPaths.STEPS;

    static Stream<Arguments> paths() {
        return AllPaths.byName().entrySet().stream().map(path -> Arguments.of(path.getKey(), path.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("paths")
    void beginsCleanAndGrowsNoisier(String name, NoisePath path) {
        assertThat(path.at(0)).isEqualTo(new Level(0, 1, 0));
        double before = 0;
        for (int i = 1; i <= 10 * STEPS; i++) {
            Level level = path.at(i / (10.0 * STEPS));
            assertThat(level.ratio()).as("σ/α at " + level.time()).isGreaterThan(before);
            before = level.ratio();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("paths")
    void keepsTheDeviationThatItPromises(String name, NoisePath path) {
        for (int i = 0; i <= 2 * STEPS; i++) {
            Level level = path.at(i / (2.0 * STEPS));
            switch (name) {
                case "edm" -> assertThat(level.alpha()).isEqualTo(1);
                case "flow" -> assertThat(level.alpha() + level.sigma()).isCloseTo(1, within(1e-15));
                default -> assertThat(level.deviation()).isCloseTo(1, within(1e-14));
            }
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("paths")
    void findsTheTimeOfANoise(String name, NoisePath path) {
        for (double time : new double[] {0.001, 0.01, 0.2, 0.5, 0.77, 0.999}) {
            assertThat(path.timeOf(path.at(time).ratio())).isCloseTo(time, within(1e-9));
        }
        assertThat(path.timeOf(0)).isCloseTo(0, within(1e-9));
        assertThat(path.timeOf(Double.POSITIVE_INFINITY)).isEqualTo(1);
        assertThat(path.timeOf(1e9)).isCloseTo(1, within(1e-8));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("paths")
    void refusesTimesOutside(String name, NoisePath path) {
        for (double time : new double[] {-0.01, 1.01, Double.NaN}) {
            assertThatThrownBy(() -> path.at(time))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("lies in [0, 1]");
        }
    }

    @Test
    void onlySomeEndInPureNoise() {
        AllPaths.byName().forEach((name, path) -> assertThat(path.at(1).alpha() == 0)
                .as(name)
                .isEqualTo(Set.of("flow", "zero-terminal").contains(name)));
        assertThat(AllPaths.byName().get("zero-terminal").at(1)).isEqualTo(new Level(1, 0, 1));
    }

    /** Float32 tables: 1e-6. The last cosine level is what β = 0.999 leaves, and 1 − ᾱ of float32 is coarse there. */
    @Test
    void followTheReferenceTables() {
        follows(new ScaledLinearPath(STEPS, 0.00085, 0.012), "path.scaled_linear", 2e-6);
        follows(new CosinePath(STEPS), "path.squaredcos_cap_v2", 1e-5);
        NoisePath scaled = new ScaledLinearPath(STEPS, 0.00085, 0.012);
        follows(new ZeroTerminalPath(scaled, STEPS), "path.scaled_linear.zero", 2e-6);
        NoisePath cosine = new CosinePath(STEPS);
        follows(new ZeroTerminalPath(cosine, STEPS), "path.squaredcos_cap_v2.zero", 1e-5);
        follows(new SigmoidPath(STEPS), "path.sigmoid", 1e-12);
    }

    private static void follows(NoisePath path, String reference, double tolerance) {
        double[] expected = SamplerReferences.numbers(reference);
        assertThat(expected).hasSize(STEPS);
        for (int i = 1; i <= STEPS; i++) {
            double alpha = path.at((double) i / STEPS).alpha();
            // Where β is bounded, the last of the sigmoid's levels keeps a thousandth of the one before.
            double wanted =
                    Math.max(expected[i - 1], reference.endsWith("sigmoid") && i > 1 ? expected[i - 2] / 1000 : 0);
            assertThat(alpha * alpha).as(reference + " at " + i).isCloseTo(wanted, within(tolerance * wanted + 1e-12));
        }
    }

    @Test
    void theIndicesOfEdmAreItsSchedule() {
        EdmPath path = new EdmPath(STEPS, 0.002, 80);
        assertThat(path.at(1).sigma()).isCloseTo(80, within(1e-9));
        assertThat(path.at(1.0 / STEPS).sigma()).isCloseTo(0.002, within(1e-12));
        assertThat(path.at(0.5 / STEPS).sigma()).isCloseTo(0.001, within(1e-12));
    }

    @Test
    void refuseImpossibleNumbers() {
        assertThatThrownBy(() -> new EdmPath(100, 1, 0.5)).hasMessageContaining("sigmaMin < sigmaMax");
        assertThatThrownBy(() -> new ScaledLinearPath(100, 0, 0.5)).hasMessageContaining("betaStart");
        assertThatThrownBy(() -> new CosinePath(0)).hasMessageContaining("1 step or more");
        for (NoisePath path : new NoisePath[] {new EdmPath(10, 0.1, 10), new FlowPath()}) {
            assertThatThrownBy(() -> new ZeroTerminalPath(path, 10))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("α² + σ² = 1");
        }
    }
}
