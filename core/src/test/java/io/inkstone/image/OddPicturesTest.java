package io.inkstone.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.awt.image.IndexColorModel;
import java.io.IOException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every kind of picture that people have lying around becomes the RGB they see. */
class OddPicturesTest {
    private static byte[] bytes(int... levels) {
        byte[] bytes = new byte[levels.length];
        for (int i = 0; i < levels.length; i++) {
            bytes[i] = (byte) levels[i];
        }
        return bytes;
    }

    private static void assertLevels(byte[] encoded, int... levels) {
        assertThat(PictureFile.read(encoded, "odd").data()).containsExactly(bytes(levels));
    }

    @Test
    void grey128Stays128() throws IOException {
        assertLevels(OddPictures.png(2, 8, OddPictures.GREY, bytes(128, 7)), 128, 128, 128, 7, 7, 7);
        Pixels grey =
                new Pixels(16, 16, 1, Pixels.filled(16, 16, 0x808080).toGrey().data());
        assertThat(PictureFile.read(PictureEncoder.jpeg(grey), "grey")).isEqualTo(grey.toRgb());
        assertThat(JpegHeader.of(PictureEncoder.jpeg(grey)).components()).isEqualTo(1);
    }

    @Test
    void fewBitsSpreadOverTheWholeRange() {
        assertLevels(OddPictures.png(2, 1, OddPictures.GREY, bytes(0b0100_0000)), 0, 0, 0, 255, 255, 255);
        assertLevels(OddPictures.png(2, 2, OddPictures.GREY, bytes(0b0110_0000)), 85, 85, 85, 170, 170, 170);
        assertLevels(OddPictures.png(2, 4, OddPictures.GREY, bytes(0x3C)), 51, 51, 51, 204, 204, 204);
    }

    @Test
    void sixteenBitsAreRounded() {
        // 0x80FF = 33023 / 257 = 128.49; 0x8101 = 33025 / 257 = 128.50 up to 129.
        assertLevels(
                OddPictures.png(2, 16, OddPictures.GREY, bytes(0x80, 0xFF, 0x81, 0x01)), 128, 128, 128, 129, 129, 129);
        assertLevels(OddPictures.png(1, 16, OddPictures.RGB, bytes(0, 0, 0x80, 0x80, 0xFF, 0xFF)), 0, 128, 255);
    }

    @Test
    void transparencyIsLaidOverWhite() {
        assertLevels(
                OddPictures.png(2, 8, OddPictures.GREY_ALPHA, bytes(100, 255, 100, 51)), 100, 100, 100, 224, 224, 224);
        assertLevels(
                OddPictures.png(2, 8, OddPictures.RGBA, bytes(9, 8, 7, 0, 0, 50, 100, 102)),
                255,
                255,
                255,
                153,
                173,
                193);
        assertLevels(OddPictures.png(1, 16, OddPictures.RGBA, bytes(0, 0, 0, 0, 0, 0, 0x80, 0x80)), 127, 127, 127);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 8})
    void palettesAreLookedUp(int bits) {
        byte[] palette = PngChunks.encode("PLTE", bytes(10, 20, 30, 200, 100, 0));
        byte[] seeThrough = PngChunks.encode("tRNS", bytes(255, 0));
        byte[] row = bits == 8 ? bytes(0, 1) : bytes(1 << (8 - 2 * bits));
        assertLevels(OddPictures.png(2, bits, OddPictures.PALETTE, row, palette), 10, 20, 30, 200, 100, 0);
        assertLevels(
                OddPictures.png(2, bits, OddPictures.PALETTE, row, palette, seeThrough), 10, 20, 30, 255, 255, 255);
    }

    @Test
    void oneTransparentColour() {
        byte[] ofGrey = PngChunks.encode("tRNS", bytes(0, 50));
        assertLevels(OddPictures.png(2, 8, OddPictures.GREY, bytes(50, 60), ofGrey), 255, 255, 255, 60, 60, 60);
        byte[] ofColour = PngChunks.encode("tRNS", bytes(0, 1, 0, 2, 0, 3));
        assertLevels(OddPictures.png(2, 8, OddPictures.RGB, bytes(1, 2, 3, 1, 2, 4), ofColour), 255, 255, 255, 1, 2, 4);
    }

    @Test
    void exifTurnsPngAndJpeg() {
        byte[] exif = PngChunks.encode("eXIf", OrientationTest.exif(6));
        Pixels turned = PictureFile.read(OddPictures.png(2, 8, OddPictures.GREY, bytes(1, 2), exif), "turned");
        assertThat(turned).isEqualTo(new Pixels(1, 2, 1, bytes(1, 2)).toRgb());

        byte[] plain = PictureEncoder.jpeg(PictureFileTest.gradient(32, 16));
        Pixels upright = PictureFile.read(plain, "plain");
        Pixels mirrored = PictureFile.read(OddPictures.withExif(plain, OrientationTest.exif(2)), "exif");
        assertThat(mirrored.at(0, 3, 0)).isEqualTo(upright.at(31, 3, 0));
        assertThat(PictureFile.read(OddPictures.withExif(plain, OrientationTest.exif(6)), "exif")
                        .width())
                .isEqualTo(16);
    }

    @ParameterizedTest
    @CsvSource({
        // Plain CMYK: 51 of cyan lets 204 through, black 51 lets 4/5 of it through: 163.
        "-1, 51, 102, 0, 51, 163, 122, 204",
        // Adobe stores what is let through.
        "0, 204, 153, 255, 204, 163, 122, 204",
        // YCCK: luma 128 without colour is 128 of each ink, 127 let through, times 204 / 255.
        "2, 128, 128, 128, 204, 102, 102, 102",
    })
    void cmyk(int adobe, int c, int m, int y, int k, int red, int green, int blue) throws IOException {
        byte[] plain = OddPictures.fourComponents(c, m, y, k);
        Pixels rgb = PictureFile.read(adobe < 0 ? plain : OddPictures.withAdobe(plain, adobe), "cmyk");
        int[] expected = {red, green, blue};
        for (int channel = 0; channel < 3; channel++) {
            // JPEG keeps a flat block to within a level or two.
            assertThat(rgb.at(7, 7, channel)).isCloseTo(expected[channel], Offset.offset(2));
        }
    }

    @Test
    void gif() throws IOException {
        // A palette of our own: the GIF writer of the JDK loses rare colours of RGB pictures.
        IndexColorModel model = new IndexColorModel(8, 2, new int[] {0, 0x336699}, 0, false, -1, 0);
        BufferedImage image = new BufferedImage(3, 9, BufferedImage.TYPE_BYTE_INDEXED, model);
        assertOneBluePixel(image, "gif");
    }

    @Test
    void bmp() throws IOException {
        assertOneBluePixel(new BufferedImage(3, 9, BufferedImage.TYPE_INT_RGB), "bmp");
    }

    private static void assertOneBluePixel(BufferedImage image, String format) throws IOException {
        image.setRGB(1, 1, 0xFF336699);
        Pixels read = PictureFile.read(OddPictures.encoded(image, format), "x." + format);
        assertThat(read.at(1, 1, 0)).isEqualTo(0x33);
        assertThat(read.at(1, 1, 2)).isEqualTo(0x99);
        assertThat(read.at(0, 1, 2)).isZero();
    }

    @Test
    void theReaderForRefusedJpegsSeesTheSamePicture() throws IOException {
        byte[] jpeg = PictureEncoder.jpeg(PictureFileTest.gradient(40, 30));
        Pixels other = PlainDecoder.decode(JdkCodecs.otherJpegReader().orElseThrow(), jpeg, Background.WHITE);
        assertThat(GoldenArray.furthest(other, PictureFile.read(jpeg, "x"))).isLessThanOrEqualTo(1);
    }
}
