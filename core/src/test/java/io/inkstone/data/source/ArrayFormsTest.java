package io.inkstone.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.array.Npz;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.image.Pixels;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrays that are not bytes [N, H, W, C], archives of arrays, and CIFAR. */
class ArrayFormsTest {
    @TempDir
    Path folder;

    private PictureSet floats(float... values) throws IOException {
        Path file = folder.resolve("p.npy");
        Npy.write(file, NdArray.of(values, 1, 1, values.length));
        return DataSource.open(file).train();
    }

    @ParameterizedTest
    @CsvSource({"0, 0.5, 1, 0, 128, 255", "-1, 0, 1, 0, 128, 255", "0, 127.6, 255, 0, 128, 255"})
    void valuesSayTheirRange(float a, float b, float c, int first, int second, int third) throws IOException {
        Pixels pixels = floats(a, b, c).pixels(0);
        assertThat(new int[] {pixels.at(0, 0, 0), pixels.at(1, 0, 0), pixels.at(2, 0, 0)})
                .containsExactly(first, second, third);
    }

    @Test
    void whatValuesDoNotSayIsRefused() throws IOException {
        assertThat(floats(0, 1).info().notes())
                .singleElement()
                .asString()
                .contains("float32 from 0.0 to 1.0, were taken as 0 to 1");
        assertThatThrownBy(() -> floats(-2, 1)).hasMessageContaining("holds values from -2.0 to 1.0");
        assertThatThrownBy(() -> floats(0, 1.5f)).hasMessageContaining("holds values from 0.0 to 1.5");
        assertThatThrownBy(() -> floats(0, 256)).hasMessageContaining("holds values");
        assertThatThrownBy(() -> floats(0, Float.NaN)).hasMessageContaining("picture 0 holds NaN");
    }

    @Test
    void channelsFirst() throws IOException {
        byte[] planes = new byte[3 * 4];
        for (int i = 0; i < planes.length; i++) {
            planes[i] = (byte) i;
        }
        Path file = folder.resolve("p.npy");
        Npy.write(file, NdArray.of(planes, 1, 3, 2, 2));
        PictureSet set = DataSource.open(file).train();
        assertThat(set.info().channels()).isEqualTo(3);
        assertThat(set.pixels(0).data()).containsExactly(0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11);
    }

    @Test
    void archivesOfParts() throws IOException {
        Map<String, NdArray> arrays = new LinkedHashMap<>();
        arrays.put("x_train", NdArray.of(new byte[12], 3, 2, 2));
        arrays.put("y_train", NdArray.of(new long[] {2, 0, 1}, 3));
        arrays.put("x_test", NdArray.of(new byte[8], 2, 2, 2));
        arrays.put("y_test", NdArray.of(new long[] {2, 1}, 2));
        Path file = folder.resolve("mnist.npz");
        Npz.write(file, arrays);
        for (Path place : new Path[] {file, folder}) {
            try (DataSet set = DataSource.open(place)) {
                assertThat(set.train().count()).isEqualTo(3);
                assertThat(set.info().classes()).containsExactly("0", "1", "2");
                assertThat(set.train().entry(0).context()).containsExactly(0, 0, 1);
                assertThat(set.test().orElseThrow().entry(1).context()).containsExactly(0, 1, 0);
            }
        }
        arrays.put("more_train", NdArray.of(new byte[12], 3, 2, 2));
        Npz.write(file, arrays);
        assertThatThrownBy(() -> DataSource.open(file))
                .hasMessageContaining("one array of pictures [N, H, W, C] a part");
    }

    private static byte[] planes(int red, int green, int blue) {
        byte[] picture = new byte[CifarPictures.BYTES];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (byte) (i < 1024 ? red : i < 2048 ? green : blue);
        }
        return picture;
    }

    @Test
    void binaryBatchesOfCifar() throws IOException {
        ByteArrayOutputStream batch = new ByteArrayOutputStream();
        batch.write(1);
        batch.writeBytes(planes(10, 20, 30));
        Files.write(folder.resolve("data_batch_1.bin"), batch.toByteArray());
        Files.write(folder.resolve("test_batch.bin"), batch.toByteArray());
        Files.writeString(folder.resolve("batches.meta.txt"), "airplane\nautomobile\n\n");
        try (DataSet set = DataSource.open(folder)) {
            assertThat(set.info().classes()).containsExactly("airplane", "automobile");
            assertThat(set.train().entry(0).context()).containsExactly(0, 1);
            assertThat(set.train().pixels(0).at(31, 31, 2)).isEqualTo(30);
            assertThat(set.test().orElseThrow().count()).isEqualTo(1);
            assertThat(set.info().notes()).contains("1 of the 5 training batches of CIFAR-10 are there.");
        }
        Files.write(folder.resolve("data_batch_1.bin"), new byte[3000]);
        assertThatThrownBy(() -> DataSource.open(folder)).hasMessageContaining("3000 bytes are not rows of 3073");
    }

    /** As Python 2 wrote them (protocol 2, texts as bytes), made with pickle and pickletools: see made-by.py. */
    @ParameterizedTest
    @CsvSource({"cifar10-python2", "cifar10-python3"})
    void pickledBatchesOfCifar(String name) {
        try (DataSet set = DataSource.open(
                Path.of("src/test/resources/io/inkstone/data/written").resolve(name))) {
            assertThat(set.info().classes()).containsExactly("airplane", "automobile");
            assertThat(set.train().count()).isEqualTo(2);
            assertThat(set.train().entry(0).context()).containsExactly(0, 1);
            assertThat(set.train().pixels(1).at(5, 0, 1)).isEqualTo((1024 + 5 + 1) % 256);
        }
    }

    @Test
    void aPickleThatCallsIsRefusedByName() throws IOException {
        Files.write(folder.resolve("batches.meta"), "cos\nsystem\nq\0(U\2lst.".getBytes(StandardCharsets.ISO_8859_1));
        Files.write(folder.resolve("data_batch_1"), "cos\nsystem\n(U\2lstR.".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> DataSource.open(folder)).hasMessageContaining("no dictionary");
        Files.write(folder.resolve("batches.meta"), "cos\nsystem\n(U\2lstR.".getBytes(StandardCharsets.ISO_8859_1));
        assertThatThrownBy(() -> DataSource.open(folder)).hasMessageContaining("calls os.system");
    }

    /** A text whose length was damaged: two billion bytes are not asked for. */
    @Test
    void aPickleThatIsShorterThanItSays() throws IOException {
        byte[] damaged = "T\377\377\377\177st.".getBytes(StandardCharsets.ISO_8859_1);
        Files.write(folder.resolve("batches.meta"), damaged);
        Files.write(folder.resolve("data_batch_1"), damaged);
        assertThatThrownBy(() -> DataSource.open(folder)).hasMessageContaining("is no pickle of CIFAR, or damaged");
    }
}
