package io.inkstone.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.airlift.compress.lz4.Lz4Compressor;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parquet as pyarrow, polars, DuckDB and datasets write it: a red, a green and a blue picture each (made-by.py beside them). */
class WrittenByOthersTest {
    private static Path file(String name) {
        return Path.of("src/test/resources/io/inkstone/data/written").resolve(name);
    }

    private static void requireColours(PictureSet set) {
        assertThat(set.count()).isEqualTo(3);
        for (int i = 0; i < 3; i++) {
            for (int c = 0; c < 3; c++) {
                assertThat(set.pixels(i).at(0, 0, c)).isEqualTo(i == c ? 255 : 0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pyarrow-lz4",
                "pyarrow-brotli",
                "pyarrow-gzip",
                "pyarrow-snappy",
                "pyarrow-zstd",
                "pyarrow-large",
                "pyarrow-view",
                "polars-lz4",
                "duckdb"
            })
    void picturesWithCaptions(String name) {
        try (DataSet set = DataSource.open(file(name + ".parquet"))) {
            requireColours(set.train());
            assertThat(set.info().captioned()).isTrue();
            assertThat(set.info().classes()).isEmpty();
            assertThat(set.train().entry(2).caption()).isEqualTo("blue");
        }
    }

    @ParameterizedTest
    @CsvSource({"polars-categories, 3, red, blue", "duckdb-plain, 3, 2, 0", "datasets-lists, 2, one, zero"})
    void picturesWithClasses(String name, int classes, String first, String other) {
        try (DataSet set = DataSource.open(file(name + ".parquet"))) {
            requireColours(set.train());
            assertThat(set.info().classes()).hasSize(classes);
            assertThat(nameOf(set, 0)).isEqualTo(first);
            assertThat(nameOf(set, name.startsWith("polars") ? 2 : 1)).isEqualTo(other);
        }
    }

    /** Not by their numbers: datasets itself takes the names of the first file for all (findings/datasets-class-names-of-the-first-file.sh). */
    @Test
    void classesOfFilesWithOtherOrdersMeetByName() {
        try (DataSet set = DataSource.open(file("class-orders"))) {
            PictureSet test = set.test().orElseThrow();
            assertThat(set.train().count()).isEqualTo(6);
            assertThat(test.count()).isEqualTo(2);
            assertThat(test.info().classes()).isEqualTo(set.info().classes());
            for (PictureSet part : List.of(set.train(), test)) {
                for (int i = 0; i < part.count(); i++) {
                    int colour = List.of("red", "green", "blue").indexOf(nameOf(part, i));
                    assertThat(part.pixels(i).at(0, 0, colour)).isEqualTo(255);
                }
            }
        }
    }

    private static String nameOf(DataSet set, int index) {
        return nameOf(set.train(), index);
    }

    private static String nameOf(PictureSet set, int index) {
        float[] context = set.entry(index).context();
        for (int k = 0; k < context.length; k++) {
            if (context[k] == 1) {
                return set.info().classes().get(k);
            }
        }
        throw new AssertionError();
    }

    @Test
    void severalCaptionsAPicture() {
        try (DataSet set = DataSource.open(file("datasets-lists.parquet"))) {
            assertThat(set.train().entry(0).captions()).containsExactly("a", "b");
            assertThat(set.train().entry(1).captions()).containsExactly("c");
            assertThat(set.train().entry(2).captions()).isEmpty();
        }
    }

    @Test
    void columnsAreChosen() {
        Path two = file("datasets-two-classes.parquet");
        assertThatThrownBy(() -> DataSource.open(two))
                .hasMessageContaining("several columns of classes (fine, coarse)");
        try (DataSet set = DataSource.open(two, DataOptions.FOUND.withLabel("coarse"))) {
            assertThat(set.info().classes()).containsExactly("p", "q");
            assertThat(nameOf(set, 1)).isEqualTo("q");
            assertThat(set.info().notes()).singleElement().asString().contains("not read: fine");
        }
        DataOptions none = DataOptions.FOUND.withImage("photo");
        assertThatThrownBy(() -> DataSource.open(two, none)).hasMessageContaining("has no column photo; it has image");
        DataOptions text = DataOptions.FOUND.withLabel("fine").withCaption("coarse");
        assertThatThrownBy(() -> DataSource.open(two, text))
                .hasMessageContaining("the column coarse holds no texts (int64)");
    }

    @Test
    void picturesThatLieBesideTheFile() {
        try (DataSet set = DataSource.open(file("pyarrow-paths.parquet"))) {
            assertThat(set.train().pixels(0).at(0, 0, 0)).isEqualTo(255);
        }
    }

    @Test
    void blocksOfLz4() throws IOException {
        Random random = new Random(5);
        for (int size : new int[] {0, 1, 12, 13, 300, 70_000}) {
            byte[] plain = new byte[size];
            for (int i = 0; i < size; i++) {
                plain[i] = (byte)
                        (i < 100 || random.nextInt(4) == 0 ? random.nextInt(256) : plain[i - random.nextInt(90) - 1]);
            }
            ByteBuffer packed = ByteBuffer.allocate(size + size / 200 + 20);
            new Lz4Compressor().compress(ByteBuffer.wrap(plain), packed);
            byte[] block = Arrays.copyOf(packed.array(), packed.position());
            assertThat(Lz4Block.page(block, size)).isEqualTo(plain);
            byte[] framed = ByteBuffer.allocate(block.length + 8)
                    .putInt(size)
                    .putInt(block.length)
                    .put(block)
                    .array();
            assertThat(Lz4Block.page(framed, size)).isEqualTo(plain);
            assertThatThrownBy(() -> Lz4Block.page(block, size + 1)).isInstanceOf(IOException.class);
            if (size > 0) {
                assertThatThrownBy(() -> Lz4Block.page(Arrays.copyOf(block, block.length - 1), size))
                        .isInstanceOf(IOException.class);
            }
        }
    }
}
