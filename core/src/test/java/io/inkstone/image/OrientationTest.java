package io.inkstone.image;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrientationTest {
    /** Stored 2 wide, 3 high: 12 / 34 / 56. */
    private static final Pixels STORED = new Pixels(2, 3, 1, new byte[] {1, 2, 3, 4, 5, 6});

    @ParameterizedTest
    @CsvSource({
        "1,2,123456",
        "2,2,214365",
        "3,2,654321",
        "4,2,563412",
        "5,3,135246",
        "6,3,531642",
        "7,3,642531",
        "8,3,246135",
    })
    void showsAllEight(int number, int width, String shown) {
        Pixels turned = Exif.orientation(exif(number)).apply(STORED);
        assertThat(turned.width()).isEqualTo(width);
        StringBuilder digits = new StringBuilder();
        for (byte level : turned.data()) {
            digits.append(level);
        }
        assertThat(digits).hasToString(shown);
    }

    @Test
    void whatIsNotUnderstoodIsUpright() {
        assertThat(Exif.orientation(new byte[0])).isEqualTo(Orientation.UPRIGHT);
        assertThat(Exif.orientation(exif(9))).isEqualTo(Orientation.UPRIGHT);
        byte[] far = exif(6);
        far[8] = 0; // the directory is empty
        assertThat(Exif.orientation(far)).isEqualTo(Orientation.UPRIGHT);
    }

    /** A little-endian TIFF header with one entry: tag 0x0112, a SHORT, once. */
    static byte[] exif(int orientation) {
        return new byte[] {
            'I', 'I', 42, 0, 8, 0, 0, 0, 1, 0, 0x12, 0x01, 3, 0, 1, 0, 0, 0, (byte) orientation, 0, 0, 0, 0, 0, 0, 0
        };
    }
}
