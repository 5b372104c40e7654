package io.inkstone.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.convert.Conversion;
import io.inkstone.data.convert.Form;
import io.inkstone.data.source.DataSource;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets in every form become files that are read as the same set. */
class PrepareOnSparkTest {
    @TempDir
    Path folder;

    private final SparkSession spark = LocalSpark.session();
    private Path pictures;

    @BeforeEach
    void draw() throws IOException {
        pictures = folder.resolve("pictures");
        for (int i = 0; i < 23; i++) {
            Path part = pictures.resolve(i % 5 == 0 ? "test" : "train").resolve(i % 2 == 0 ? "cat" : "dog");
            PictureFile.write(part.resolve(i + ".png"), Pixels.filled(12 + i % 3, 10, 0x030201 * i));
        }
    }

    @Test
    void foldersTarsAndParquetBecomeTheSameSet() throws IOException {
        Path tars = folder.resolve("tars");
        Path parquet = folder.resolve("parquet");
        try (DataSet set = DataSource.open(pictures)) {
            Conversion.write(set, Form.WEBDATASET, tars, done -> {});
            Conversion.write(set, Form.PARQUET, parquet, done -> {});
        }
        for (Path source : List.of(pictures, tars, parquet)) {
            Path out = folder.resolve("out-" + source.getFileName());
            long written = PrepareOnSpark.of(source.toString()).size(8).write(spark, out, 3);
            assertThat(written).isEqualTo(23);
            assertThat(names(out))
                    .containsExactly(
                            "test-00000-of-00001.parquet",
                            "train-00000-of-00003.parquet",
                            "train-00001-of-00003.parquet",
                            "train-00002-of-00003.parquet");
            try (DataSet before = DataSource.open(source);
                    DataSet after = DataSource.open(out)) {
                requireSame(before.train(), after.train());
                requireSame(before.test().orElseThrow(), after.test().orElseThrow());
            }
        }
    }

    private static void requireSame(PictureSet before, PictureSet after) {
        assertThat(after.count()).isEqualTo(before.count());
        assertThat(after.info().classes()).isEqualTo(before.info().classes()).containsExactly("cat", "dog");
        for (int i = 0; i < before.count(); i++) {
            Pixels picture = after.pixels(i);
            assertThat(picture.width() + "×" + picture.height()).isEqualTo("8×8");
            assertThat(picture.at(4, 4, 0)).isEqualTo(before.pixels(i).at(4, 4, 0));
            assertThat(after.entry(i).context()).isEqualTo(before.entry(i).context());
        }
    }

    @Test
    void damageStopsOrIsLeftOut() throws IOException {
        Files.writeString(pictures.resolve("train/cat/2.png"), "no picture");
        PrepareOnSpark prepare = PrepareOnSpark.of(pictures.toString()).size(8);
        assertThatThrownBy(() -> prepare.write(spark, folder.resolve("stopped"), 2))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("2.png");
        assertThat(prepare.skippingDamaged().write(spark, folder.resolve("left-out"), 2))
                .isEqualTo(22);
        assertThat(names(folder.resolve("stopped"))).noneMatch(name -> name.contains("tmp"));
    }

    @Test
    void aFolderThatHoldsSomethingIsRefused() {
        assertThatThrownBy(() -> PrepareOnSpark.of(pictures.toString()).size(8).write(spark, pictures, 2))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is not empty");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
