package io.inkstone.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureFileTest {
    @TempDir
    Path folder;

    static Pixels gradient(int width, int height) {
        byte[] rgb = new byte[width * height * 3];
        for (int y = 0, i = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                rgb[i++] = (byte) (255 * x / width);
                rgb[i++] = (byte) (255 * y / height);
                rgb[i++] = (byte) 90;
            }
        }
        return new Pixels(width, height, 3, rgb);
    }

    @Test
    void pngComesBackExactly() {
        Path file = folder.resolve("new/deep/a.png");
        PictureFile.write(file, gradient(31, 17));
        assertThat(PictureFile.read(file)).isEqualTo(gradient(31, 17));
    }

    @Test
    void greyPngIsStoredGreyAndComesBackExactly() {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        Pixels grey = new Pixels(256, 1, 1, all);
        Path file = folder.resolve("grey.png");
        PictureFile.write(file, grey);
        assertThat(PictureFile.read(file, 1)).isEqualTo(grey);
        assertThat(PngChunks.of(PictureFile.bytes(file)).dataOf("IHDR")[9]).isZero(); // colour type 0
    }

    @Test
    void jpegComesBackNearly() {
        Path file = folder.resolve("a.JPG");
        PictureFile.write(file, gradient(64, 48));
        assertThat(GoldenArray.furthest(PictureFile.read(file), gradient(64, 48)))
                .isLessThanOrEqualTo(10);
    }

    @Test
    void replacesInOneMoveAndLeavesNothingBehind() throws IOException {
        Path file = folder.resolve("a.png");
        PictureFile.write(file, gradient(9, 9));
        PictureFile.write(file, gradient(5, 5), Map.of("seed", "7"));
        assertThat(PictureFile.read(file).width()).isEqualTo(5);
        assertThat(PngText.read(file)).containsExactly(Map.entry("seed", "7"));
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void kindFollowsTheBytesNotTheName() throws IOException {
        Path file = folder.resolve("a.jpg");
        Files.write(file, PictureEncoder.png(gradient(8, 8)));
        assertThat(PictureFile.read(file)).isEqualTo(gradient(8, 8));
    }

    @Test
    void errorsNameTheFileAndTheReason() throws IOException {
        Path words = Files.writeString(folder.resolve("words.png"), "hello");
        Path empty = Files.createFile(folder.resolve("empty.jpg"));
        assertThatThrownBy(() -> PictureFile.read(words))
                .hasMessageContaining("words.png")
                .hasMessageContaining("no known kind");
        assertThatThrownBy(() -> PictureFile.read(empty))
                .hasMessageContaining("empty.jpg")
                .hasMessageContaining("is empty");
        assertThatThrownBy(() -> PictureFile.read(folder)).hasMessageContaining("is a folder");
        assertThatThrownBy(() -> PictureFile.read(folder.resolve("no.png"))).hasMessageContaining("does not exist");
        assertThatThrownBy(() -> PictureFile.write(folder.resolve("a.tiff"), gradient(2, 2)))
                .hasMessageContaining(".png or .jpg");
        assertThatThrownBy(() -> PictureFile.write(words.resolve("a.png"), gradient(2, 2)))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Could not write");
    }

    @Test
    void everyTruncationIsRefused() throws IOException {
        byte[] png = PictureEncoder.png(gradient(40, 40));
        byte[] jpeg = PictureEncoder.jpeg(gradient(40, 40));
        byte[] progressive = OddPictures.progressive(40, 40);
        assertThat(PictureFile.read(progressive, "progressive").width()).isEqualTo(40);
        for (byte[] whole : new byte[][] {png, jpeg, progressive}) {
            for (int length = 1; length < whole.length; length += 7) {
                byte[] part = Arrays.copyOf(whole, length);
                assertThatThrownBy(() -> PictureFile.read(part, "part of " + whole.length))
                        .isInstanceOf(InputException.class)
                        .hasMessageStartingWith("part of");
            }
        }
    }

    @Test
    void aFlippedBitInAPngIsNoticed() {
        byte[] png = PictureEncoder.png(gradient(40, 40));
        png[png.length / 2] ^= 4;
        assertThatThrownBy(() -> PictureFile.read(png, "x.png")).hasMessageContaining("checksum");
    }

    @Test
    void aHugeClaimCostsNoMemory() {
        byte[] png = PictureEncoder.png(gradient(2, 2));
        byte[] header = new byte[] {0, 0, (byte) 0xF0, 0, 0, 0, (byte) 0xF0, 0, 8, 2, 0, 0, 0};
        byte[] chunk = PngChunks.encode("IHDR", header);
        System.arraycopy(chunk, 0, png, 8, chunk.length);
        assertThatThrownBy(() -> PictureFile.read(png, "bomb.png")).hasMessageContaining("61440 x 61440");

        byte[] jpeg = PictureEncoder.jpeg(gradient(8, 8));
        int frame = OddPictures.find(jpeg, 0xC0);
        Arrays.fill(jpeg, frame + 5, frame + 9, (byte) 0xF0);
        assertThatThrownBy(() -> PictureFile.read(jpeg, "bomb.jpg")).hasMessageContaining("61680 x 61680");
    }

    @Test
    void manyThreadsReadTheSame() {
        byte[] jpeg = PictureEncoder.jpeg(gradient(50, 60));
        Pixels once = PictureFile.read(jpeg, "a");
        boolean same = Stream.generate(() -> jpeg).limit(200).parallel().allMatch(bytes -> PictureFile.read(bytes, "b")
                .equals(once));
        assertThat(same).isTrue();
    }
}
