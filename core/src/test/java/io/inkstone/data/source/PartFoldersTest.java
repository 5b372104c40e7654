package io.inkstone.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.data.DataSet;
import io.inkstone.data.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartFoldersTest {
    @TempDir
    Path folder;

    private void pictures(String... names) throws IOException {
        for (String name : names) {
            TestPictures.png(folder.resolve(name), 2, 2, name.hashCode());
        }
    }

    @ParameterizedTest
    @CsvSource({
        "Train, TRAIN", "training_set, TRAIN", "train2017, TRAIN", "VALID, VALIDATION", "val, VALIDATION",
        "validation, VALIDATION", "dev, VALIDATION", "eval, VALIDATION", "Test, TEST", "test1, TEST",
        "images-test, TEST", "trainA, TRAIN", "DIV2K_valid_HR, "
    })
    void namesOfParts(String name, Split part) {
        assertThat(PartName.of(name)).isEqualTo(Optional.ofNullable(part));
    }

    @ParameterizedTest
    @CsvSource({
        "train-00000-of-00002.parquet, TRAIN", "cats_test.parquet, TEST", "validation.parquet, VALIDATION",
        "steam.parquet, ", "train-test.parquet, ", "captions_val2017.json, VALIDATION"
    })
    void partsOfFiles(String name, Split part) {
        assertThat(PartName.ofFile(name)).isEqualTo(Optional.ofNullable(part));
    }

    @ParameterizedTest
    @ValueSource(strings = {"station", "trains", "steam train", "bullet-train", "model train", "testudo", "devon"})
    void classesThatAreNoParts(String name) {
        assertThat(PartName.of(name)).isEmpty();
    }

    @Test
    void threePartsInAZipBesideAReadme() throws IOException {
        pictures("p.png");
        byte[] picture = Files.readAllBytes(folder.resolve("p.png"));
        Path zip = folder.resolve("set.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : new String[] {
                "readme.md", "s/TRAIN/b/1.png", "s/TRAIN/a/1.png", "s/Valid/a/2.png", "s/Test/b/3.png", "s/Test/b/4.png"
            }) {
                out.putNextEntry(new ZipEntry(name));
                out.write(picture);
            }
        }
        try (DataSet set = DataSource.open(zip)) {
            assertThat(set.info().classes()).containsExactly("a", "b");
            assertThat(set.train().count()).isEqualTo(2);
            assertThat(set.validation().orElseThrow().count()).isEqualTo(1);
            assertThat(set.test().orElseThrow().count()).isEqualTo(2);
            // One folder alone would be no class; the names of the training part say that it is one.
            assertThat(set.test().orElseThrow().info().classes()).containsExactly("a", "b");
            assertThat(set.test().orElseThrow().entry(0).context()).containsExactly(0, 1);
        }
    }

    @Test
    void classesOfPartsMeetByName() throws IOException {
        pictures("train/a/1.png", "train/b/1.png", "train/c/1.png", "test/c/1.png", "test/a/1.png", "test/x/1.png");
        try (DataSet set = DataSource.open(folder)) {
            assertThat(set.test().orElseThrow().count()).isEqualTo(2);
            assertThat(set.test().orElseThrow().entry(1).context()).containsExactly(0, 0, 1);
            assertThat(set.info().notes())
                    .anyMatch(note ->
                            note.contains("1 picture of the test part with classes that the training part lacks (x)"));
        }
    }

    @Test
    void aPartWithoutClassesIsLeftOutWithAWord() throws IOException {
        pictures("train/a/1.png", "train/b/1.png", "test/1.png", "test/2.png");
        try (DataSet set = DataSource.open(folder)) {
            assertThat(set.test()).isEmpty();
            assertThat(set.info().notes())
                    .anyMatch(note -> note.contains("the test part (2 pictures), which has no classes"));
        }
    }

    @Test
    void aTrainAmongVehiclesIsAClass() throws IOException {
        pictures("bus/1.png", "car/1.png", "train/1.png");
        try (DataSet set = DataSource.open(folder)) {
            assertThat(set.info().classes()).containsExactly("bus", "car", "train");
            assertThat(set.info().notes()).anyMatch(note -> note.contains("train/ is taken as a class"));
        }
    }

    @Test
    void whatCannotBeToldIsRefused() throws IOException {
        pictures("cat/1.png", "dog/1.png", "test/1.png");
        assertThatThrownBy(() -> DataSource.open(folder))
                .hasMessageContaining("called like parts of a set (test/) beside others (cat/, dog/)");
        pictures("one/test/1.png");
        assertThatThrownBy(() -> DataSource.open(folder.resolve("one")))
                .hasMessageContaining("only a test part (test/)");
        pictures("two/trainA/1.png", "two/trainB/1.png");
        assertThatThrownBy(() -> DataSource.open(folder.resolve("two")))
                .hasMessageContaining("two folders for one part, trainA/ and trainB/");
        pictures("three/val/1.png", "three/test/1.png");
        assertThatThrownBy(() -> DataSource.open(folder.resolve("three"))).hasMessageContaining("only held-out parts");
        pictures("four/1.png", "four/test/1.png");
        assertThatThrownBy(() -> DataSource.open(folder.resolve("four"))).hasMessageContaining("two kinds of data");
    }

    @Test
    void shardsOfParquetInFoldersOfParts() throws IOException {
        for (String part : new String[] {"train", "test"}) {
            Files.createDirectories(folder.resolve(part));
            Files.copy(
                    Path.of("src/test/resources/io/inkstone/data/written/pyarrow-zstd.parquet"),
                    folder.resolve(part).resolve("0000.parquet"));
        }
        try (DataSet set = DataSource.open(folder)) {
            assertThat(set.train().count()).isEqualTo(3);
            assertThat(set.test().orElseThrow().count()).isEqualTo(3);
        }
    }
}
