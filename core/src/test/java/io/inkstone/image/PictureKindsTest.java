package io.inkstone.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * WebP, TIFF and odd GIFs. The files of {@code test/resources/pictures} were written by Pillow 13 from one gradient of 20 × 12,
 * {@link PictureFileTest#gradient}.
 */
class PictureKindsTest {
    private static final Pixels GRADIENT = PictureFileTest.gradient(20, 12);
    private static final Background BLUE = new Background(0x0000FF);

    private static byte[] file(String name) throws IOException {
        try (InputStream in = PictureKindsTest.class.getResourceAsStream("/pictures/" + name)) {
            return in.readAllBytes();
        }
    }

    private static Pixels read(String name) throws IOException {
        return PictureFile.read(file(name), name);
    }

    private static void assertPixel(Pixels pixels, int x, int y, int red, int green, int blue) {
        assertThat(new int[] {pixels.at(x, y, 0), pixels.at(x, y, 1), pixels.at(x, y, 2)})
                .as("(%d, %d)", x, y)
                .containsExactly(red, green, blue);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lossless.webp",
                "RGB.tif",
                "CMYK.tif",
                "P.tif",
                "tiff_lzw.tif",
                "tiff_deflate.tif",
                "packbits.tif",
                "big.tif"
            })
    void whatLosesNothingComesBackExactly(String name) throws IOException {
        assertThat(read(name)).isEqualTo(GRADIENT);
    }

    @ParameterizedTest
    @CsvSource({"lossy.webp, 25", "anim-lossy.webp, 25", "YCbCr.tif, 3", "jpeg.tif, 26"})
    void whatLosesALittleComesClose(String name, int levels) throws IOException {
        assertThat(GoldenArray.furthest(read(name), GRADIENT)).isLessThanOrEqualTo(levels);
    }

    @ParameterizedTest
    @ValueSource(strings = {"L.tif", "I16.tif"})
    void greyTiffKeepsItsLevels(String name) throws IOException {
        assertThat(GoldenArray.furthest(read(name), GRADIENT.toGrey().toRgb())).isLessThanOrEqualTo(1);
    }

    /** What libwebp gives, to the level. */
    @Test
    void lossyWebpIsAsLibwebpDecodesIt() throws IOException {
        Pixels lossy = read("lossy.webp");
        int sum = 0;
        for (byte level : lossy.data()) {
            sum += level & 255;
        }
        assertThat(sum).isEqualTo(78944);
        assertPixel(lossy, 0, 0, 0, 3, 84);
        assertPixel(lossy, 19, 11, 240, 229, 103);
    }

    @Test
    void blackAndWhiteTiff() throws IOException {
        assertThat(read("1.tif")).isEqualTo(read("group4.tif"));
        assertPixel(read("1.tif"), 0, 0, 0, 0, 0);
    }

    /** The left half is transparent, three rows of the right half half so: 153 · 128/255 + 255 · 127/255 = 203.8. */
    @ParameterizedTest
    @ValueSource(strings = {"alpha-lossless.webp", "alpha-extended.webp", "RGBA.tif", "anim.webp"})
    void transparencyShowsTheBackground(String name) throws IOException {
        Pixels white = read(name);
        assertPixel(white, 2, 5, 255, 255, 255);
        assertPixel(white, 12, 5, 153, 106, 90);
        assertPixel(white, 12, 0, 204, 127, 172);
        Pixels blue = PictureFile.read(file(name), name, BLUE);
        assertPixel(blue, 2, 5, 0, 0, 255);
        assertPixel(blue, 12, 5, 153, 106, 90);
        assertPixel(blue, 12, 0, 77, 0, 172);
    }

    @Test
    void lossyWebpAndGreyTiffKeepTheirAlpha() throws IOException {
        assertPixel(PictureFile.read(file("alpha-lossy.webp"), "a", BLUE), 2, 5, 0, 0, 255);
        assertPixel(PictureFile.read(file("LA.tif"), "a", BLUE), 2, 5, 0, 0, 255);
    }

    /** The first frame of the animation is 6 × 6 at (6, 4) of 20 × 12. */
    @Test
    void firstFramesStandAtTheirPlace() throws IOException {
        Pixels webp = PictureFile.read(file("anim-offset.webp"), "x", BLUE);
        assertThat(webp.width()).isEqualTo(20);
        assertPixel(webp, 5, 4, 0, 0, 255);
        assertPixel(webp, 6, 4, 10, 200, 30);
        assertPixel(webp, 11, 9, 10, 200, 30);
        assertPixel(webp, 12, 9, 0, 0, 255);

        Pixels gif = PictureFile.read(file("placed.gif"), "x", BLUE);
        assertThat(new int[] {gif.width(), gif.height()}).containsExactly(6, 5);
        assertPixel(gif, 2, 1, 0, 0, 255);
        assertPixel(gif, 3, 1, 10, 20, 30);
        assertPixel(gif, 4, 1, 200, 100, 0);
        assertPixel(gif, 3, 2, 200, 100, 0);
        assertPixel(gif, 4, 3, 0, 0, 255);
    }

    @ParameterizedTest
    @ValueSource(strings = {"turned.webp", "turned.tif"})
    void exifTurnsTheseToo(String name) throws IOException {
        assertThat(read(name)).isEqualTo(Orientation.TURNED_90.apply(GRADIENT));
    }

    /** As ImageMagick writes Exif into a PNG: a zTXt entry of hexadecimal digits. */
    @Test
    void exifInThePngTextOfOlderPrograms() {
        StringBuilder words = new StringBuilder("\nexif\n      32\n457869660000");
        for (byte b : OrientationTest.exif(6)) {
            words.append(String.format("%02x", b & 255));
        }
        byte[] text = words.append('\n').toString().getBytes(StandardCharsets.ISO_8859_1);
        Deflater deflater = new Deflater();
        deflater.setInput(text);
        deflater.finish();
        byte[] packed = new byte[300];
        int length = deflater.deflate(packed);
        deflater.end();
        byte[] key = "Raw profile type exif\0\0".getBytes(StandardCharsets.ISO_8859_1);
        byte[] data = Arrays.copyOf(key, key.length + length);
        System.arraycopy(packed, 0, data, key.length, length);
        byte[] png = OddPictures.png(2, 8, OddPictures.GREY, new byte[] {1, 2}, PngChunks.encode("zTXt", data));
        assertThat(PictureFile.read(png, "turned")).isEqualTo(new Pixels(1, 2, 1, new byte[] {1, 2}).toRgb());
    }

    @ParameterizedTest
    @ValueSource(strings = {"lossless.webp", "alpha-lossy.webp", "anim.webp", "RGB.tif", "tiff_lzw.tif", "placed.gif"})
    void truncationIsRefused(String name) throws IOException {
        byte[] whole = file(name);
        for (int length = 1; length < whole.length * 3 / 4; length += 3) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> PictureFile.read(part, "part")).isInstanceOf(InputException.class);
        }
    }

    @Test
    void whatIsNotReadIsNamed() throws IOException {
        assertThatThrownBy(() -> read("p.avif"))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("it is an AVIF picture")
                .hasMessageContaining("Convert it to PNG");
        assertThatThrownBy(() -> read("I.tif")).hasMessageContaining("32 bits");
        assertThatThrownBy(() -> read("F.tif")).hasMessageContaining("32 bits");
        assertThatThrownBy(() -> read("zstd.tif")).hasMessageContaining("zstd.tif: the picture cannot be decoded");
    }

    @Test
    void kindsByEnding() {
        assertThat(PictureKind.ofEnding("JFIF")).contains(PictureKind.JPEG);
        assertThat(PictureKind.ofEnding("tif").filter(PictureKind::isRead)).contains(PictureKind.TIFF);
        assertThat(PictureKind.ofEnding("avif").filter(PictureKind::isRead)).isEmpty();
        assertThat(PictureKind.ofEnding("txt")).isEqualTo(Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({"white, 16777215, white", "#FF8000, 16744448, #ff8000", "#000000, 0, black"})
    void backgroundsByName(String words, int colour, String again) {
        assertThat(Background.of(words).colour()).isEqualTo(colour);
        assertThat(Background.of(words)).hasToString(again);
        assertThatThrownBy(() -> Background.of("blu")).hasMessageContaining("got \"blu\"");
    }
}
