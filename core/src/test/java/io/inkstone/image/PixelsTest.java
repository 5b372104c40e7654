package io.inkstone.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import org.junit.jupiter.api.Test;

class PixelsTest {
    @Test
    void greyIsLuma() {
        assertThat(Pixels.filled(1, 1, 0xFF0000).toGrey().at(0, 0, 0)).isEqualTo(76); // 0.299 · 255 = 76.2
        assertThat(Pixels.filled(1, 1, 0x00FF00).toGrey().at(0, 0, 0)).isEqualTo(150); // 149.7
        assertThat(Pixels.filled(1, 1, 0x0000FF).toGrey().at(0, 0, 0)).isEqualTo(29); // 29.1
    }

    @Test
    void greyToColourAndBackIsTheSame() {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        Pixels grey = new Pixels(16, 16, 1, all);
        assertThat(grey.toRgb().toGrey()).isEqualTo(grey);
        assertThat(grey.withChannels(3).at(5, 1, 2)).isEqualTo(21);
    }

    @Test
    void cropsTheNamedPart() {
        Pixels picture = new Pixels(3, 2, 1, new byte[] {1, 2, 3, 4, 5, 6});
        assertThat(picture.crop(1, 0, 2, 2)).isEqualTo(new Pixels(2, 2, 1, new byte[] {2, 3, 5, 6}));
        assertThatThrownBy(() -> picture.crop(2, 0, 2, 2)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> picture.crop(1, 0, Integer.MAX_VALUE, 2)).isInstanceOf(InputException.class);
    }

    @Test
    void refusesWhatIsNoPicture() {
        assertThatThrownBy(() -> new Pixels(2, 2, 2, new byte[8])).hasMessageContaining("1 or 3 channels");
        assertThatThrownBy(() -> new Pixels(2, 2, 3, new byte[11])).hasMessageContaining("needs 12 bytes, got 11");
        assertThatThrownBy(() -> new Pixels(0, 2, 3, new byte[0])).hasMessageContaining("at least 1 pixel");
        assertThatThrownBy(() -> Pixels.filled(60_000, 60_000, 0)).hasMessageContaining("100 million");
    }
}
