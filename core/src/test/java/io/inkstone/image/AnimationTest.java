package io.inkstone.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageReader;
import javax.imageio.metadata.IIOMetadataNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnimationTest {
    @TempDir
    Path folder;

    private static ImageReader reader(byte[] gif) throws IOException {
        ImageReader reader = JdkCodecs.GIF_READER.createReaderInstance();
        reader.setInput(new ByteInput(gif));
        return reader;
    }

    private static int delay(ImageReader reader, int frame) throws IOException {
        IIOMetadataNode root =
                (IIOMetadataNode) reader.getImageMetadata(frame).getAsTree("javax_imageio_gif_image_1.0");
        IIOMetadataNode control = (IIOMetadataNode)
                root.getElementsByTagName("GraphicControlExtension").item(0);
        return Integer.parseInt(control.getAttribute("delayTime"));
    }

    @Test
    void framesDelaysAndColoursComeBack() throws IOException {
        List<Pixels> frames =
                List.of(Pixels.filled(5, 4, 0x123456), Pixels.filled(5, 4, 0xFEDCBA), PictureFileTest.gradient(5, 4));
        Path file = folder.resolve("a.gif");
        new Animation(frames, 120, 1500).write(file);
        ImageReader reader = reader(Files.readAllBytes(file));
        assertThat(reader.getNumImages(true)).isEqualTo(3);
        assertThat(delay(reader, 0)).isEqualTo(12);
        assertThat(delay(reader, 2)).isEqualTo(150);
        for (int i = 0; i < 3; i++) {
            for (int at = 0; at < 20; at++) {
                int rgb = reader.read(i).getRGB(at % 5, at / 5);
                for (int c = 0; c < 3; c++) {
                    assertThat(rgb >> (16 - 8 * c) & 255)
                            .isEqualTo(frames.get(i).at(at % 5, at / 5, c));
                }
            }
        }
        assertThat(PictureFile.read(file)).isEqualTo(frames.get(0));
    }

    @Test
    void repeatsForEver() {
        byte[] gif = Animation.of(List.of(Pixels.filled(2, 2, 0), Pixels.filled(2, 2, 9)))
                .encoded();
        assertThat(new String(gif, StandardCharsets.ISO_8859_1)).contains("NETSCAPE2.0\3\1\0\0\0");
    }

    @Test
    void greyFramesAreExact() {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        Pixels grey = new Pixels(16, 16, 1, all);
        assertThat(PictureFile.read(Animation.of(List.of(grey)).encoded(), "g")).isEqualTo(grey.toRgb());
    }

    @Test
    void manyColoursAreNearlyRight() {
        Pixels smooth = PictureFileTest.gradient(128, 128);
        Pixels read = PictureFile.read(Animation.of(List.of(smooth)).encoded(), "g");
        assertThat(Palette.of(smooth).colours()).hasSize(256);
        // A plane of 256 × 256 colours in 256 boxes: 16 levels a side, so at most about that far.
        assertThat(GoldenArray.furthest(read, smooth)).isLessThanOrEqualTo(20);
    }

    @Test
    void refusesWhatNoGifCanShow() {
        Pixels picture = Pixels.filled(2, 2, 0);
        assertThatThrownBy(() -> Animation.of(List.of())).hasMessageContaining("at least one frame");
        assertThatThrownBy(() -> new Animation(List.of(picture), 5, 100)).hasMessageContaining("20 to 600000");
        assertThatThrownBy(() -> Animation.of(List.of(picture, Pixels.filled(3, 2, 0))))
                .hasMessageContaining("one size");
        assertThatThrownBy(() -> Animation.of(List.of(picture)).write(folder.resolve("a.png")))
                .hasMessageContaining(".gif");
    }
}
