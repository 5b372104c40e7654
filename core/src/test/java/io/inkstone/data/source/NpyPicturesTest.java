package io.inkstone.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.data.DataInfo;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.SharedData;
import io.inkstone.image.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpyPicturesTest {
    @TempDir
    Path folder;

    private Path pictures;

    @BeforeEach
    void writePictures() throws IOException {
        byte[] bytes = new byte[3 * 2 * 4 * 3];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) i;
        }
        pictures = folder.resolve("p.npy");
        Npy.write(pictures, NdArray.of(bytes, 3, 2, 4, 3));
    }

    @Test
    void picturesWithoutLabels() {
        PictureSet set = DataSource.open(pictures).train();
        assertThat(set.info().size()).isEqualTo(Optional.of(new Size(2, 4)));
        assertThat(set.info().channels()).isEqualTo(3);
        assertThat(set.info().classes()).isEmpty();
        assertThat(set.entry(2).context()).isEmpty();
        assertThat(set.pixels(2).at(1, 1, 2)).isEqualTo(2 * 24 + 12 + 5);
    }

    @Test
    void oneHotLabelsOfEitherWidthAndTheirNames() throws IOException {
        Files.writeString(folder.resolve("classes.txt"), "cat\ndog\n");
        Npy.write(folder.resolve("my_Labels.npy"), NdArray.of(new double[] {0, 1, 1, 0, 0, 1}, 3, 2));
        PictureSet set = DataSource.open(folder).train();
        assertThat(set.info().classes()).containsExactly("cat", "dog");
        assertThat(set.info().exclusive()).isTrue();
        assertThat(set.entry(0).context()).containsExactly(0, 1);
        Npy.write(folder.resolve("my_Labels.npy"), NdArray.of(new float[] {0, 1, 1, 0, 0, 1}, 3, 2));
        assertThat(DataSource.open(folder).train().entry(1).context()).containsExactly(1, 0);
    }

    @Test
    void classNumbersAndAttributes() throws IOException {
        Path labels = folder.resolve("label.npy");
        Npy.write(labels, NdArray.of(new long[] {2, 0, 2}, 3));
        PictureSet classes = DataSource.open(pictures).train();
        assertThat(classes.info().classes()).containsExactly("0", "1", "2");
        assertThat(classes.entry(0).context()).containsExactly(0, 0, 1);
        Npy.write(labels, NdArray.of(new float[] {1, 1, 0, 0, 0, 1}, 3, 2));
        PictureSet attributes = DataSource.open(pictures).train();
        assertThat(attributes.info().exclusive()).isFalse();
        assertThat(attributes.entry(0).context()).containsExactly(1, 1);
    }

    @Test
    void greyPicturesWithoutAChannelAxis() throws IOException {
        Npy.write(pictures, NdArray.of(new byte[12], 3, 2, 2));
        assertThat(DataSource.open(pictures).info().channels()).isEqualTo(1);
    }

    @Test
    void badInputIsASentence() throws IOException {
        Path labels = folder.resolve("label.npy");
        Npy.write(labels, NdArray.of(new long[] {0, 1}, 2));
        assertThatThrownBy(() -> DataSource.open(pictures))
                .hasMessageContaining("has 3 pictures, but the labels beside it are label.npy [2]");
        Npy.write(labels, NdArray.of(new long[] {0, -1, 1}, 3));
        assertThatThrownBy(() -> DataSource.open(pictures)).hasMessageContaining("row 1 is -1.0");
        Npy.write(labels, NdArray.of(new float[] {0, Float.NaN, 1}, 3, 1));
        assertThatThrownBy(() -> DataSource.open(pictures)).hasMessageContaining("row 1 holds NaN");
        Files.delete(labels);
        Npy.write(pictures, NdArray.of(new byte[24], 2, 2, 2, 3, 1));
        assertThatThrownBy(() -> DataSource.open(pictures)).hasMessageContaining("holds uint8 [2, 2, 2, 3, 1]");
        Npy.write(pictures, NdArray.of(new float[16], 1, 2, 2, 4));
        assertThatThrownBy(() -> DataSource.open(pictures))
                .hasMessageContaining("holds float32 [1, 2, 2, 4]; pictures are [N, H, W, 3]");
        Files.writeString(pictures, "hello there");
        assertThatThrownBy(() -> DataSource.open(pictures)).hasMessageContaining("not a NumPy file");
        assertThatThrownBy(() -> DataSource.open(folder.resolve("q.npy"))).hasMessageContaining("holds p.npy");
    }

    @Test
    void realSprites() {
        PictureSet set = DataSource.open(SharedData.path("sprites16")).train();
        assertThat(set.count()).isEqualTo(3068);
        assertThat(set.info().classes()).hasSize(5);
        assertThat(set.entry(3067).context()).hasSize(5);
    }

    @Test
    void embeddedAvatars() {
        try (DataSet avatars = DataSource.open("avatars")) {
            DataInfo info = avatars.info();
            assertThat(info.count()).isEqualTo(4000);
            assertThat(info.size()).isEqualTo(Optional.of(new Size(16, 16)));
            assertThat(info.classes()).containsExactly("short hair", "long hair", "glasses", "hat", "jewellery");
            float[] sums = new float[5];
            for (int i = 0; i < 4000; i++) {
                float[] context = avatars.train().entry(i).context();
                for (int k = 0; k < 5; k++) {
                    sums[k] += context[k];
                }
            }
            assertThat(sums).containsExactly(800, 800, 800, 800, 800);
            assertThat(Embedded.AVATARS.licence()).contains("CC0 1.0");
        }
    }
}
