package io.inkstone.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.image.PixelRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PictureFormTest {
    @ParameterizedTest
    @CsvSource({"1, 28, 64", "3, 64, 64", "3, 128, 16", "3, 512, 1", "3, 2048, 1"})
    void largePicturesGoInSmallerBatches(int channels, int side, int together) {
        assertThat(new PictureForm(channels, side, PixelRange.UNIT).atOnce()).isEqualTo(together);
    }
}
