package io.inkstone.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import java.io.IOException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ResizeTest {
    @Test
    void facesMatchTheReference() throws IOException {
        GoldenArray in = GoldenArray.of("resize_faces_in.npy");
        GoldenArray out = GoldenArray.of("resize_faces_out.npy");
        for (int n = 0; n < in.shape()[0]; n++) {
            Pixels small = Resize.to(Resize.centreCrop(in.picture(n), 168, 168), 64, 64);
            assertThat(GoldenArray.furthest(small, out.picture(n))).isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @CsvSource({"100,100,100", "218,178,64", "37,23,64", "90,301,48"})
    void shortSideAndCropMatchTheReference(int height, int width, int size) throws IOException {
        byte[] rgb = new byte[height * width * 3];
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                rgb[i++] = (byte) (7 * x + 3 * y);
                rgb[i++] = (byte) (x * x / 5 + 11 * y);
                rgb[i++] = (byte) (9 * (x ^ y));
            }
        }
        Pixels picture = new Pixels(width, height, 3, rgb);
        Pixels small = Resize.centreCrop(Resize.shortSide(picture, size), size, size);
        Pixels golden = GoldenArray.of("resize_short_%dx%d_to_%d.npy".formatted(height, width, size))
                .picture(0);
        assertThat(GoldenArray.furthest(small, golden)).isLessThanOrEqualTo(1);
    }

    @Test
    void halvingByHand() {
        // Scale 2: taps at distances 1.5, 0.5, 0.5, 1.5 over support 2 weigh 1, 3, 3, 1; the outer one is cut at the
        // border.
        Pixels row = new Pixels(4, 1, 1, new byte[] {0, 70, (byte) 140, (byte) 210});
        Pixels half = Resize.to(row, 2, 1);
        assertThat(half.at(0, 0, 0)).isEqualTo(50); // (3·0 + 3·70 + 1·140) / 7
        assertThat(half.at(1, 0, 0)).isEqualTo(160); // (1·70 + 3·140 + 3·210) / 7
    }

    @Test
    void doublingIsLinearInterpolation() {
        Pixels column = new Pixels(1, 2, 1, new byte[] {0, 100});
        assertThat(Resize.to(column, 1, 4).data()).containsExactly(0, 25, 75, 100);
    }

    @Test
    void longSideIsCutToWholePixels() {
        assertThat(Resize.shortSide(Pixels.filled(178, 218, 0), 512)).satisfies(p -> {
            assertThat(p.width()).isEqualTo(512);
            assertThat(p.height()).isEqualTo(627);
        });
        assertThat(Resize.shortSide(Pixels.filled(301, 90, 0), 48).width()).isEqualTo(160);
    }

    @ParameterizedTest
    @CsvSource({"5,2,2", "7,4,2", "3,2,0", "6,3,2", "4,4,0"})
    void cropOffsetRoundsHalfToEven(int width, int cropped, int left) {
        byte[] columns = new byte[width];
        for (int x = 0; x < width; x++) {
            columns[x] = (byte) x;
        }
        Pixels crop = Resize.centreCrop(new Pixels(width, 1, 1, columns), cropped, 1);
        assertThat(crop.at(0, 0, 0)).isEqualTo(left);
    }

    @Test
    void enlargesWithoutMixing() {
        Pixels large = Resize.enlarge(new Pixels(2, 1, 1, new byte[] {1, 2}), 2);
        assertThat(large).isEqualTo(new Pixels(4, 2, 1, new byte[] {1, 1, 2, 2, 1, 1, 2, 2}));
    }

    @Test
    void refusesImpossibleSizes() {
        Pixels picture = Pixels.filled(4, 4, 0);
        assertThatThrownBy(() -> Resize.to(picture, 0, 4)).isInstanceOf(InputException.class);
        assertThatThrownBy(() -> Resize.to(picture, 20_000, 20_000)).hasMessageContaining("limits");
        assertThatThrownBy(() -> Resize.centreCrop(picture, 5, 4)).hasMessageContaining("larger than the picture");
        assertThatThrownBy(() -> Resize.shortSide(Pixels.filled(10_000, 1, 0), 64))
                .hasMessageContaining("limits");
    }

    @Property(tries = 100)
    void oneColourStaysThatColour(
            @ForAll @IntRange(min = 1, max = 90) int width,
            @ForAll @IntRange(min = 1, max = 90) int height,
            @ForAll @IntRange(min = 1, max = 90) int newWidth,
            @ForAll @IntRange(min = 1, max = 90) int newHeight,
            @ForAll @IntRange(min = 0, max = 0xFFFFFF) int colour) {
        Pixels resized = Resize.to(Pixels.filled(width, height, colour), newWidth, newHeight);
        assertThat(resized).isEqualTo(Pixels.filled(newWidth, newHeight, colour));
    }

    @Property(tries = 50)
    void greyAndColourAgree(
            @ForAll @IntRange(min = 1, max = 40) int width, @ForAll @IntRange(min = 1, max = 40) int size) {
        byte[] grey = new byte[width * 7];
        for (int i = 0; i < grey.length; i++) {
            grey[i] = (byte) (i * 37);
        }
        Pixels picture = new Pixels(width, 7, 1, grey);
        assertThat(Resize.to(picture, size, 5).toRgb()).isEqualTo(Resize.to(picture.toRgb(), size, 5));
    }
}
