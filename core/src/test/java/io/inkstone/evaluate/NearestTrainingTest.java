package io.inkstone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import io.inkstone.data.DataSet;
import io.inkstone.data.PreparedSet;
import io.inkstone.data.source.DataSource;
import io.inkstone.image.Pixels;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class NearestTrainingTest {
    @Test
    void findsCopiesAndMeasuresWhatIsNone() {
        try (DataSet avatars = DataSource.open("avatars")) {
            PreparedSet training = (PreparedSet) avatars.train();
            Pixels copy = training.pixels(1234);
            byte[] nearly = training.pixels(77).data().clone();
            nearly[5] = (byte) ((nearly[5] & 255) ^ 8); // one value eight levels off
            NearestTraining nearest =
                    NearestTraining.of(List.of(copy, new Pixels(16, 16, 3, nearly)), training, false, done -> {});
            assertThat(nearest.indices()).containsExactly(1234, 77);
            assertThat(nearest.distances()[0]).isZero();
            assertThat(nearest.distances()[1]).isCloseTo(8 / 255.0 / Math.sqrt(768), within(1e-12));
            assertThat(nearest.median()).isCloseTo(nearest.distances()[1] / 2, within(1e-12));
        }
    }

    @Test
    void findsMirroredCopiesWhereTheyAreAskedFor() {
        try (DataSet avatars = DataSource.open("avatars")) {
            PreparedSet training = (PreparedSet) avatars.train();
            List<Pixels> turned = List.of(training.pixels(40).mirrored(), training.pixels(3));
            NearestTraining both = NearestTraining.of(turned, training, true, done -> {});
            assertThat(both.distances()).containsExactly(0, 0);
            assertThat(training.pixels(both.indices()[0]).mirrored()).isEqualTo(turned.get(0));
            assertThat(both.mirrored()[1]).isFalse();
            assertThat(NearestTraining.of(turned, training, false, done -> {}).distances()[0])
                    .isPositive();
        }
    }

    /** Products of matrices lose nothing: the sums are those of plain loops. */
    @Test
    void agreesWithPlainSums() {
        SplittableRandom random = new SplittableRandom(5);
        byte[] noise = new byte[768];
        random.nextBytes(noise);
        try (DataSet avatars = DataSource.open("avatars")) {
            PreparedSet training = (PreparedSet) avatars.train();
            long least = Long.MAX_VALUE;
            for (int index = 0; index < training.count(); index++) {
                byte[] known = training.pixels(index).data();
                long sum = 0;
                for (int i = 0; i < noise.length; i++) {
                    int difference = (noise[i] & 255) - (known[i] & 255);
                    sum += (long) difference * difference;
                }
                least = Math.min(least, sum);
            }
            NearestTraining nearest =
                    NearestTraining.of(List.of(new Pixels(16, 16, 3, noise)), training, false, done -> {});
            assertThat(nearest.distances()[0]).isEqualTo(Math.sqrt(least / 768.0) / 255);
        }
    }

    @Test
    void ordersAndCounts() {
        NearestTraining nearest = new NearestTraining(new int[4], new boolean[4], new double[] {0.3, 0.1, 0.4, 0.2});
        assertThat(nearest.order()).containsExactly(1, 3, 0, 2);
        assertThat(nearest.quantile(0.01)).isEqualTo(0.1);
        assertThat(nearest.quantile(0.5)).isEqualTo(0.2);
        assertThat(nearest.shareWithin(0.3)).isEqualTo(0.75);
    }

    @Test
    void refusesOtherSizes() {
        try (DataSet avatars = DataSource.open("avatars")) {
            assertThatThrownBy(() -> NearestTraining.of(
                            List.of(Pixels.filled(8, 8, 0)), (PreparedSet) avatars.train(), false, done -> {}))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("192 bytes")
                    .hasMessageContaining("768");
        }
    }
}
