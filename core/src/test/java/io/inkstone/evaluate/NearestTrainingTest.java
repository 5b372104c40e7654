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
import org.junit.jupiter.api.Test;

class NearestTrainingTest {
    @Test
    void findsCopiesAndMeasuresWhatIsNone() {
        try (DataSet avatars = DataSource.open("avatars")) {
            PreparedSet training = (PreparedSet) avatars.train();
            Pixels copy = training.pixels(1234);
            byte[] nearly = training.pixels(77).data().clone();
            nearly[5] = (byte) ((nearly[5] & 255) ^ 8); // one value eight levels off
            NearestTraining nearest = NearestTraining.of(List.of(copy, new Pixels(16, 16, 3, nearly)), training);
            assertThat(nearest.indices()).containsExactly(1234, 77);
            assertThat(nearest.distances()[0]).isZero();
            assertThat(nearest.distances()[1]).isCloseTo(8 / 255.0 / Math.sqrt(768), within(1e-12));
            assertThat(nearest.median()).isCloseTo(nearest.distances()[1] / 2, within(1e-12));
        }
    }

    @Test
    void refusesOtherSizes() {
        try (DataSet avatars = DataSource.open("avatars")) {
            assertThatThrownBy(() -> NearestTraining.of(List.of(Pixels.filled(8, 8, 0)), (PreparedSet) avatars.train()))
                    .isInstanceOf(InputException.class)
                    .hasMessageContaining("192 bytes")
                    .hasMessageContaining("768");
        }
    }
}
