package io.inkstone.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.InputException;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DiversityTest {
    @Test
    void measuresPairsByHand() {
        // Distances 1, 2 and √((9+1)/2).
        List<float[]> pictures = List.of(new float[] {0, 0}, new float[] {1, 1}, new float[] {3, -1});
        double expected = (1 + Math.sqrt((4 + 4) / 2.0) + Math.sqrt((9 + 1) / 2.0)) / 3;
        assertThat(Diversity.meanPairwiseDistance(pictures)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void theDataItselfIsOneAndOnePictureIsZero() {
        float[] noise = noise(40 * 9);
        int[] labels = new int[40];
        for (int i = 0; i < 40; i++) {
            labels[i] = i % 4;
        }
        LabelledPictures real = LabelledPictures.of(noise, labels);
        assertThat(Diversity.of(real, real).ratio()).isCloseTo(1, within(1e-12));
        LabelledPictures same = LabelledPictures.of(new float[40 * 9], labels);
        assertThat(Diversity.of(same, real).ratio()).isZero();
    }

    @Test
    void halfTheContrastIsHalfTheDiversityInEachClass() {
        float[] values = noise(20 * 4);
        float[] halved = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            halved[i] = i < 10 * 4 ? values[i] / 2 : values[i];
        }
        int[] labels = new int[20];
        java.util.Arrays.fill(labels, 10, 20, 1);
        Diversity diversity = Diversity.of(LabelledPictures.of(halved, labels), LabelledPictures.of(values, labels));
        assertThat(diversity.classes().get(0).ratio()).isCloseTo(0.5, within(1e-6));
        assertThat(diversity.classes().get(1).ratio()).isCloseTo(1, within(1e-12));
        assertThat(diversity.ratio()).isCloseTo(0.75, within(1e-6));
    }

    @Test
    void refusesWhatCannotBeCompared() {
        LabelledPictures one = LabelledPictures.of(new float[4], new int[] {3});
        assertThatThrownBy(() -> Diversity.of(one, one))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("two or more generated pictures of class 3, got 1");
        LabelledPictures small = LabelledPictures.of(new float[4], new int[2]);
        assertThat(Diversity.of(small, LabelledPictures.of(new float[] {0, 0, 1, 1}, new int[2]))
                        .ratio())
                .isZero();
        assertThatThrownBy(() -> new LabelledPictures(List.of(new float[1], new float[2]), new int[2]))
                .hasMessageContaining("one size");
        assertThatThrownBy(() -> LabelledPictures.of(new float[5], new int[2])).hasMessageContaining("5 values");
    }

    private static float[] noise(int count) {
        SplittableRandom random = new SplittableRandom(1);
        float[] values = new float[count];
        for (int i = 0; i < count; i++) {
            values[i] = (float) random.nextDouble();
        }
        return values;
    }
}
