package io.inkstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;

class LossSumsTest {
    /** Three pictures at 1 and one at 5: a mean of 2, not of 3. */
    @Test
    void picturesWeighTheSame() {
        LossSums sums = LossSums.of(3)
                .with(new MeanLosses(1, Map.of("loss", 1.0, "kl", 10.0)))
                .plus(LossSums.of(1).with(new MeanLosses(5, Map.of("loss", 5.0, "kl", 30.0))));
        MeanLosses means = sums.means();
        assertThat(means.total()).isCloseTo(2, within(1e-12));
        assertThat(means.byName()).containsOnlyKeys("loss", "kl");
        assertThat(means.byName().get("kl")).isCloseTo(15, within(1e-12));
    }

    @Test
    void theTotalIsThatOfAllPhases() {
        LossSums sums = LossSums.of(2)
                .with(new MeanLosses(1.5, Map.of("discriminator", 1.5)))
                .with(new MeanLosses(0.5, Map.of("generator", 0.5)));
        assertThat(sums.total()).isEqualTo(4);
        assertThat(sums.means()).isEqualTo(new MeanLosses(2, Map.of("discriminator", 1.5, "generator", 0.5)));
    }

    /** Of parts that were not saved from the first picture on, the mean over the later ones would be taken for that of all. */
    @Test
    void whatWasNotSummedFromTheStartStaysOut() {
        LossSums batch = LossSums.of(2).with(new MeanLosses(1, Map.of("loss", 1.0)));
        assertThat(new LossSums(2, 6, Map.of()).plus(batch).means()).isEqualTo(new MeanLosses(2, Map.of()));
        assertThat(LossSums.NONE.plus(batch).means()).isEqualTo(new MeanLosses(1, Map.of("loss", 1.0)));
    }

    @Test
    void inWords() {
        assertThat(new MeanLosses(0.25, Map.of("loss", 0.25, "mse", 0.25)).words())
                .isEqualTo("0.2500");
        assertThat(new MeanLosses(0.0108, Map.of("loss", 0.0108, "mse", 0.0104, "kl", 12345.6)).words())
                .isEqualTo("0.01080 (kl 12346, mse 0.01040)");
    }
}
