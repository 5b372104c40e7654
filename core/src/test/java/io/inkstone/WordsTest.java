package io.inkstone;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.image.Pixels;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {
    @ParameterizedTest
    @ValueSource(strings = {"ar-EG", "fa", "bn", "ne", "my", "tr", "de"})
    void sentencesAreTheSameUnderEveryLocale(String tag) {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag(tag));
            assertThat(Words.of("up%d.weight %.2f %,d", 12, 1.5, 12345)).isEqualTo("up12.weight 1.50 12,345");
            assertThat(Pixels.filled(12, 3, 0)).hasToString("Pixels[12 x 3, 3 channels]");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void theLibraryNeverAsksTheDefaultLocale() {
        DefaultLocale.notAsked().check(ProductClasses.all());
    }
}
