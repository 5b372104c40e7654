package io.inkstone.diffusion.grid;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.diffusion.AllPaths;
import io.inkstone.diffusion.Level;
import io.inkstone.diffusion.NoisePath;
import io.inkstone.diffusion.path.EdmPath;
import io.inkstone.diffusion.path.FlowPath;
import io.inkstone.golden.SamplerReferences;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What must hold for every grid. */
class GridsTest {
    private static final int T = AllPaths.STEPS;

    @ParameterizedTest
    @EnumSource
    void descendsToZeroInTheStepsAskedFor(GridChoice choice) {
        AllPaths.byName().forEach((name, path) -> {
            if (choice == GridChoice.KARRAS && path.at(1).alpha() == 0) {
                return;
            }
            for (int steps : new int[] {1, 2, 3, 7, 24, 50, 99, 100}) {
                double[] times = choice.create(path, T).times(steps);
                assertThat(times).as(name).hasSize(steps + 1).endsWith(0);
                // Leading steps leave out the noisiest levels, all others start from noise alone.
                double first = choice == GridChoice.LEADING ? (1 + (steps - 1) * (T / steps)) / (double) T : 1;
                assertThat(times[0]).isCloseTo(first, within(1e-12));
                for (int k = 0; k < steps; k++) {
                    assertThat(times[k + 1]).as(name + " " + k).isLessThan(times[k]);
                }
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void refusesImpossibleNumbersOfSteps(GridChoice choice) {
        NoisePath path = new EdmPath(T, 0.1, 10);
        for (int steps : new int[] {0, T + 1}) {
            assertThatThrownBy(() -> choice.create(path, T).times(steps))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("choose 1 to 100 sampling steps, got " + steps);
        }
    }

    @Test
    void haveThePublishedIndices() {
        // Lin et al. 2024, table 2, for 10 of 1000 steps: 1-based, and 0 at the end.
        assertThat(new UniformGrid(1000).indices(10))
                .containsExactly(1000, 900, 800, 700, 600, 500, 400, 300, 200, 100, 0);
        assertThat(new LeadingGrid(1000).indices(10))
                .containsExactly(901, 801, 701, 601, 501, 401, 301, 201, 101, 1, 0);
        assertThat(new QuadraticGrid(100).indices(5)).containsExactly(100, 64, 36, 16, 4, 0);
        assertThat(new QuadraticGrid(100).indices(50)).endsWith(9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
        assertThat(new QuadraticGrid(100).indices(100)).isEqualTo(new UniformGrid(100).indices(100));
    }

    /** k-diffusion keeps its sigmas in float32. */
    @Test
    void meetTheLevelsOfKarras() {
        double[] expected = SamplerReferences.numbers("karras.sigmas");
        List<Level> levels =
                new KarrasGrid(new EdmPath(1000, 0.002, 80), 1000).levels(new EdmPath(1000, 0.002, 80), 10);
        for (int k = 0; k < expected.length; k++) {
            assertThat(levels.get(k).sigma()).isCloseTo(expected[k], within(1e-5 * expected[k]));
        }
    }

    /** On other paths it is σ/α that is spread in the same way. */
    @Test
    void karrasSpreadsTheNoisePerSignal() {
        NoisePath path = AllPaths.byName().get("linear");
        List<Level> levels = new KarrasGrid(path, T).levels(path, 8);
        double[] roots = levels.stream()
                .limit(8)
                .mapToDouble(level -> Math.pow(level.ratio(), 1.0 / 7))
                .toArray();
        for (int k = 1; k < 7; k++) {
            assertThat(roots[k] - roots[k + 1]).isCloseTo(roots[0] - roots[1], within(1e-7));
        }
        assertThat(levels.get(7).time()).isCloseTo(1.0 / T, within(1e-9));
    }

    @Test
    void karrasNeedsSignal() {
        assertThatThrownBy(() -> new KarrasGrid(new FlowPath(), T).times(5))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("choose another grid");
    }

    @Test
    void namesAreKnown() {
        NoisePath path = new EdmPath(T, 0.1, 10);
        for (GridChoice choice : GridChoice.values()) {
            assertThat(GridChoice.named(choice.word())).isEqualTo(choice);
            assertThat(choice.create(path, T))
                    .isEqualTo(
                            switch (choice) {
                                case UNIFORM, TRAILING -> new UniformGrid(T);
                                case LEADING -> new LeadingGrid(T);
                                case QUADRATIC -> new QuadraticGrid(T);
                                case KARRAS -> new KarrasGrid(path, T);
                            });
        }
        assertThatThrownBy(() -> GridChoice.named("karas"))
                .isInstanceOf(InputException.class)
                .hasMessageStartingWith("There is no grid 'karas'. Did you mean karras? Known: uniform, ");
    }
}
