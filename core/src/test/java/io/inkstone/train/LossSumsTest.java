package io.inkstone.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.tensor.Scope;
import io.inkstone.tensor.Tensors;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LossSumsTest {
    /** Three pictures at 1 and one at 5: a mean of 2, not of 3. */
    @Test
    void picturesWeighTheSame() {
        LossSums sums = new LossSums();
        try (Scope scope = Scope.open()) {
            sums.add("loss", 1, Map.of("kl", Tensors.of(new float[] {10}, 1)), 3);
            sums.add("loss", 5, Map.of("kl", Tensors.of(new float[] {30}, 1)), 1);
        }
        MeanLosses means = sums.means(4);
        assertThat(means.total()).isCloseTo(2, within(1e-12));
        assertThat(means.byName()).containsOnlyKeys("loss", "kl");
        assertThat(means.byName().get("kl")).isCloseTo(15, within(1e-12));
    }

    @Test
    void theTotalIsThatOfAllPhases() {
        LossSums sums = new LossSums();
        sums.add("discriminator", 1.5, Map.of(), 2);
        sums.add("generator", 0.5, Map.of(), 2);
        assertThat(sums.total()).isEqualTo(4);
        assertThat(sums.means(2)).isEqualTo(new MeanLosses(2, Map.of("discriminator", 1.5, "generator", 0.5)));
    }

    /** Of parts that were not saved from the first picture on, the mean over the later ones would be taken for that of all. */
    @Test
    void whatWasNotSummedFromTheStartStaysOut() {
        LossSums epoch = new LossSums();
        epoch.resume(Map.of("", 6.0));
        LossSums batch = new LossSums();
        batch.add("loss", 1, Map.of(), 2);
        epoch.add(batch);
        assertThat(epoch.means(4)).isEqualTo(new MeanLosses(2, Map.of()));
        epoch.clear();
        epoch.add(batch);
        assertThat(epoch.means(2)).isEqualTo(new MeanLosses(1, Map.of("loss", 1.0)));
    }

    @Test
    void inWords() {
        assertThat(new MeanLosses(0.25, Map.of("loss", 0.25, "mse", 0.25)).words())
                .isEqualTo("0.2500");
        assertThat(new MeanLosses(0.0108, Map.of("loss", 0.0108, "mse", 0.0104, "kl", 12345.6)).words())
                .isEqualTo("0.01080 (kl 12346, mse 0.01040)");
    }
}
