package io.inkstone.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxPicturesTest {
    private static final String IMAGES = "train-images-idx3-ubyte";
    private static final String LABELS = "train-labels-idx1-ubyte";

    @TempDir
    Path folder;

    @Test
    void plainAndGzipPartsTogether() throws IOException {
        Files.write(folder.resolve(IMAGES), TestPictures.idx(0x803, 3, 2, 4));
        Files.write(folder.resolve(LABELS + ".gz"), TestPictures.gzip(TestPictures.idx(0x801, 3)));
        Files.write(folder.resolve("t10k-images-idx3-ubyte.gz"), TestPictures.gzip(TestPictures.idx(0x803, 2, 2, 4)));
        Files.write(folder.resolve("t10k-labels-idx1-ubyte"), TestPictures.idx(0x801, 2));
        try (DataSet set = DataSource.open(folder)) {
            assertThat(set.info().channels()).isEqualTo(1);
            assertThat(set.info().classes()).containsExactly("0", "1", "2");
            assertThat(set.train().pixels(1).at(3, 1, 0)).isEqualTo(15);
            assertThat(set.train().entry(2).context()).containsExactly(0, 0, 1);
            assertThat(set.test().orElseThrow().count()).isEqualTo(2);
            assertThat(set.test().orElseThrow().entry(1).context()).hasSize(3);
            assertThat(set.heldOut()).isEqualTo(set.test());
        }
        assertThat(DataSource.open(folder.resolve(IMAGES)).info().count()).isEqualTo(3);
    }

    @Test
    void emnistIsTurnedUprightAndLettersCountFromOne() throws IOException {
        Files.write(folder.resolve("emnist-letters-" + IMAGES), TestPictures.idx(0x803, 2, 2, 2));
        byte[] labels = TestPictures.idx(0x801, 2);
        labels[8] = 1;
        labels[9] = 26;
        Files.write(folder.resolve("emnist-letters-" + LABELS), labels);
        PictureSet set = DataSource.open(folder).train();
        assertThat(set.pixels(0).data()).containsExactly(0, 2, 1, 3);
        assertThat(set.info().classes()).hasSize(26).startsWith("A").endsWith("Z");
        assertThat(set.entry(1).context()[25]).isEqualTo(1);
        Files.write(folder.resolve("emnist-digits-" + IMAGES), TestPictures.idx(0x803, 2, 2, 2));
        Files.write(folder.resolve("emnist-digits-" + LABELS), TestPictures.idx(0x801, 2));
        assertThatThrownBy(() -> DataSource.open(folder))
                .hasMessageContaining("holds 2 IDX sets; point at the pictures of one");
        assertThat(DataSource.open(folder.resolve("emnist-digits-" + IMAGES))
                        .info()
                        .classes())
                .startsWith("0")
                .endsWith("9")
                .hasSize(10);
        labels[8] = 0;
        Files.write(folder.resolve("emnist-letters-" + LABELS), labels);
        assertThatThrownBy(() -> DataSource.open(folder.resolve("emnist-letters-" + IMAGES)))
                .hasMessageContaining("these labels start at 1");
    }

    @Test
    void namesOfClassesFromTheFolder() throws IOException {
        Path kmnist = Files.createDirectories(folder.resolve("KMNIST"));
        Files.write(kmnist.resolve(IMAGES), TestPictures.idx(0x803, 10, 1, 1));
        Files.write(kmnist.resolve(LABELS), TestPictures.idx(0x801, 10));
        assertThat(DataSource.open(kmnist).info().classes()).startsWith("お");
        Files.writeString(kmnist.resolve("classes.txt"), "a\nb\nc\nd\ne\nf\ng\nh\ni\nj\n");
        assertThat(DataSource.open(kmnist).info().classes()).startsWith("a");
    }

    @Test
    void badInputIsASentence() throws IOException {
        Path images = folder.resolve(IMAGES + ".gz");
        byte[] good = TestPictures.gzip(TestPictures.idx(0x803, 3, 2, 4));
        Files.write(images, good);
        assertThatThrownBy(() -> DataSource.open(folder)).hasMessageContaining("has no labels beside it; " + LABELS);
        Files.write(folder.resolve(LABELS), TestPictures.idx(0x801, 4));
        assertThatThrownBy(() -> DataSource.open(folder)).hasMessageContaining("has 3 pictures, but");
        Files.write(folder.resolve(LABELS), TestPictures.idx(0x801, 3));
        Files.write(images, Arrays.copyOf(good, good.length - 12));
        assertThatThrownBy(() -> DataSource.open(folder))
                .hasMessageContaining("cut short in the middle of its gzip stream");
        Files.write(images, TestPictures.gzip(TestPictures.idx(0x801, 3, 2, 4)));
        assertThatThrownBy(() -> DataSource.open(folder)).hasMessageContaining("not an IDX file of pictures");
        byte[] wrong = TestPictures.idx(0x803, 3, 2, 4);
        wrong[7] = 9;
        Files.write(images, TestPictures.gzip(wrong));
        assertThatThrownBy(() -> DataSource.open(folder))
                .hasMessageContaining("claims [9, 2, 4], which is 72 bytes, but holds 24");
        wrong[4] = (byte) 0xFF;
        Files.write(images, TestPictures.gzip(wrong));
        assertThatThrownBy(() -> DataSource.open(folder)).hasMessageContaining("cannot be right");
        Files.writeString(images, "<!DOCTYPE html>");
        assertThatThrownBy(() -> DataSource.open(folder))
                .hasMessageContaining("not an intact gzip file")
                .hasMessageContaining("a web page");
        Files.delete(images);
        Files.write(folder.resolve("t10k-images-idx3-ubyte"), TestPictures.idx(0x803, 3, 2, 4));
        assertThatThrownBy(() -> DataSource.open(folder)).hasMessageContaining("but no training part");
    }

    @Test
    void realMnist() {
        try (DataSet set = DataSource.open(SharedData.path("mnist"))) {
            assertThat(set.train().count()).isEqualTo(60_000);
            assertThat(set.test().orElseThrow().count()).isEqualTo(10_000);
            assertThat(set.train().entry(0).context()[5]).isEqualTo(1);
            long sum = 0;
            for (int i = 0; i < 60_000; i++) {
                for (byte b : set.train().pixels(i).data()) {
                    sum += b & 0xFF;
                }
            }
            assertThat(sum / (60_000.0 * 784 * 255)).isCloseTo(0.1307, within(5e-5));
        }
    }
}
