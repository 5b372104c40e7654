package io.inkstone.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import org.junit.jupiter.api.Test;

class SizeTest {
    /** In words the width comes first. */
    @Test
    void readsWords() {
        assertThat(Size.parse("512x768")).isEqualTo(new Size(768, 512));
        assertThat(Size.parse("512×768")).isEqualTo(new Size(768, 512));
        assertThat(Size.parse(64)).isEqualTo(Size.square(64));
        assertThat(new Size(768, 512).word()).isEqualTo("512x768");
        assertThat(Size.square(64).word()).isEqualTo(64);
        assertThat(new Size(768, 512)).hasToString("512×768");
        for (String wrong : new String[] {"", "x", "64x", "64x64x3", "-1", "0x8", "64.5", "9999999"}) {
            assertThatThrownBy(() -> Size.parse(wrong)).isInstanceOf(InputException.class);
        }
    }

    @Test
    void saysWhichSizesAreTaken() {
        Sizes eighths = Sizes.multiplesOf(8);
        assertThat(eighths.takes(new Size(24, 16))).isTrue();
        assertThatThrownBy(() -> eighths.require("This model", new Size(20, 16)))
                .hasMessage(
                        "This model takes pictures whose height and width are divisible by 8, got 16×20 (width × height). The nearest is 16×24.");
        assertThat(eighths.times(2).takes(new Size(24, 16))).isFalse();
        assertThatThrownBy(() -> Sizes.only(Size.square(16)).require("This model", new Size(16, 8)))
                .hasMessageContaining("pictures of 16×16 (width × height) alone, got 8×16");
        assertThatThrownBy(() -> new Size(8, 16).side()).hasMessageContaining("Squares were expected");
    }
}
