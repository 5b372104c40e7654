package io.inkstone.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.data.DataSet;
import io.inkstone.data.Entry;
import io.inkstone.data.PictureSet;
import io.inkstone.data.SharedData;
import io.inkstone.image.Pixels;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Small inputs as people have them, from public reports; each right value was written down with its input. */
class SituationsTest {
    private static DataSet open(String name) {
        return DataSource.open(SharedData.situation(name));
    }

    private static long ofClass(PictureSet set, int index) {
        return IntStream.range(0, set.count())
                .filter(i -> set.entry(i).context()[index] == 1)
                .count();
    }

    private static List<String> captions(PictureSet set) {
        return IntStream.range(0, set.count())
                .mapToObj(set::entry)
                .map(Entry::caption)
                .toList();
    }

    @Test
    void loosePicturesInPartsAreNoClasses() {
        try (DataSet set = open("split-flat")) {
            assertThat(set.train().count()).isEqualTo(12);
            assertThat(set.test().orElseThrow().count()).isEqualTo(4);
            assertThat(set.info().classes()).isEmpty();
            assertThat(set.validation()).isEmpty();
        }
    }

    @Test
    void classFoldersInParts() {
        try (DataSet set = open("split-classes")) {
            assertThat(set.info().classes()).containsExactly("cat", "dog");
            assertThat(set.train().count()).isEqualTo(16);
            assertThat(ofClass(set.train(), 1)).isEqualTo(8);
            assertThat(set.test().orElseThrow().count()).isEqualTo(6);
            assertThat(ofClass(set.test().orElseThrow(), 1)).isEqualTo(3);
            assertThat(set.test().orElseThrow().entry(0).name()).isEqualTo("test/cat/000.png");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nested-classes", "petimages-zip/petimages.zip"})
    void classFoldersBesideAReadme(String name) {
        try (DataSet set = open(name)) {
            assertThat(set.info().classes()).containsExactly("Cat", "Dog");
            assertThat(set.train().count()).isEqualTo(16);
            assertThat(ofClass(set.train(), 0)).isEqualTo(8);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonl-bom", "meta-csv"})
    void listsOfCaptions(String name) {
        try (DataSet set = open(name)) {
            assertThat(set.train().count()).isEqualTo(4);
            assertThat(set.info().captioned()).isTrue();
            assertThat(captions(set.train())).doesNotHaveDuplicates().allMatch(text -> !text.isBlank());
        }
    }

    @Test
    void spellingsOfAccentsMeet() {
        try (DataSet set = open("nfd-captions")) {
            assertThat(set.train().count()).isEqualTo(1);
            assertThat(set.train().entry(0).caption()).isNotEmpty();
            assertThat(set.train().pixels(0).width()).isPositive();
        }
    }

    @Test
    void attributesOfThePngEdition() {
        try (DataSet set = open("celeba-png")) {
            assertThat(set.train().count()).isEqualTo(6);
            assertThat(set.info().exclusive()).isFalse();
            assertThat(set.info().classes()).isNotEmpty();
        }
    }

    @Test
    void columnsOfParquetFiles() {
        try (DataSet mnist = open("parquet-columns/mnist")) {
            assertThat(mnist.info().classes()).containsExactly("zero", "one", "two");
            assertThat(mnist.test()).isPresent();
            assertThat(mnist.test().orElseThrow().info().classes()).hasSize(3);
        }
        try (DataSet only = open("parquet-columns/image-only")) {
            assertThat(only.info().captioned()).isFalse();
            assertThat(only.train().pixels(0).width()).isPositive();
        }
        try (DataSet plain = open("parquet-columns/plain-binary")) {
            assertThat(plain.train().pixels(0).width()).isPositive();
        }
        try (DataSet captioned = open("parquet-columns/caption-name")) {
            assertThat(captioned.info().captioned()).isTrue();
            assertThat(captioned.train().entry(0).caption()).isNotEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"in-the-middle", "empty-shard"})
    void emptyRowGroups(String name) {
        try (DataSet set = open("parquet-empty-group/" + name)) {
            assertThat(set.train().count()).isEqualTo(9);
            for (int i = 0; i < 9; i++) {
                assertThat(set.train().pixels(i).width()).isPositive();
            }
        }
    }

    @Test
    void captionsThatBecameTimestamps() {
        Path file = SharedData.situation("parquet-timestamp-captions/dates.parquet");
        assertThatThrownBy(() -> DataSource.open(file))
                .hasMessageContaining("the column text holds timestamps, not texts")
                .hasMessageContaining("Cast it to a string");
    }

    @Test
    void classesOfArraysAreNamedByTheirList() {
        try (DataSet renamed = open("resume-classes/renamed");
                DataSet swapped = open("resume-classes/npy-swapped")) {
            assertThat(renamed.info().classes()).containsExactly("0c", "a");
            assertThat(swapped.info().classes()).containsExactly("c", "a");
            for (int i = 0; i < 16; i++) { // labels.npy: eight times 0, eight times 1, by the order of classes.txt
                assertThat(swapped.train().entry(i).context()).containsExactly(Entry.oneHot(i < 8 ? 0 : 1, 2));
            }
        }
    }

    /** Pictures with a palette, which datasets stores as TIFF; the sums are of what Pillow 13 makes of them in RGB. */
    @Test
    void palettesInTiff() {
        try (DataSet set = open("parquet-tiff-of-unknown-kind/palette.parquet")) {
            long[] sums = {0x0a67ea6cL, 0x9e32c8dfL};
            assertThat(set.train().count()).isEqualTo(2);
            for (int i = 0; i < 2; i++) {
                Pixels pixels = set.train().pixels(i);
                assertThat(pixels.width()).isEqualTo(16);
                CRC32 sum = new CRC32();
                sum.update(pixels.data());
                assertThat(sum.getValue()).isEqualTo(sums[i]);
            }
        }
    }
}
