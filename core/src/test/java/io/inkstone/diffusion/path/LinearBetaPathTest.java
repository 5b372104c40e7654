package io.inkstone.diffusion.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.diffusion.Level;
import io.inkstone.golden.Golden;
import org.junit.jupiter.api.Test;

class LinearBetaPathTest {
    private final LinearBetaPath path = new LinearBetaPath(500, 1e-4, 0.02);

    @Test
    void followsTheReferenceTable() {
        double[] expected = Golden.array("ddpm_alpha_bar").toDoubles();
        assertThat(expected).hasSize(501);
        for (int i = 0; i <= 500; i++) {
            assertThat(path.alphaBar(i)).isCloseTo(expected[i], within(1e-6 * expected[i]));
        }
    }

    @Test
    void levelsAtTableTimesAreTheTable() {
        for (int i = 0; i <= 500; i++) {
            Level level = path.at(i / 500.0);
            assertThat(level.alpha()).isCloseTo(Math.sqrt(path.alphaBar(i)), within(1e-15));
            assertThat(level.alpha() * level.alpha() + level.sigma() * level.sigma())
                    .isCloseTo(1, within(1e-14));
        }
        assertThat(path.at(0)).isEqualTo(new Level(0, 1, 0));
    }

    @Test
    void hasTheNoiseOfTheForwardProcess() {
        // √(1−ᾱ_50): copies that add (1−ᾱ)·ε have 0.054 here.
        assertThat(path.at(0.1).sigma()).isCloseTo(0.233, within(5e-4));
    }

    @Test
    void interpolatesBetweenEntries() {
        assertThat(path.at(0.501).alpha())
                .isBetween(path.at(0.502).alpha(), path.at(0.5).alpha());
    }

    @Test
    void refusesImpossibleNumbers() {
        assertThatThrownBy(() -> new LinearBetaPath(0, 1e-4, 0.02)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> new LinearBetaPath(500, 0.02, 1e-4)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> path.at(1.1)).isInstanceOf(InputException.class);
    }
}
