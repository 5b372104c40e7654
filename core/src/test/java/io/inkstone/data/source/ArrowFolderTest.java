package io.inkstone.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Arrow as datasets and pyarrow write it: a red, a green and a blue picture (made-by.py beside them). */
class ArrowFolderTest {
    private static final Path WRITTEN = Path.of("src/test/resources/io/inkstone/data/written");

    @TempDir
    Path folder;

    private static void requireColours(PictureSet set, int... channels) {
        assertThat(set.count()).isEqualTo(channels.length);
        for (int i = 0; i < channels.length; i++) {
            for (int c = 0; c < 3; c++) {
                assertThat(set.pixels(i).at(0, 0, c)).isEqualTo(c == channels[i] ? 255 : 0);
            }
        }
    }

    @Test
    void aSavedSet() {
        try (DataSet set = DataSource.open(WRITTEN.resolve("saved"))) {
            requireColours(set.train(), 0, 1, 2);
            assertThat(set.info().classes()).containsExactly("zero", "one");
            assertThat(set.train().entry(0).context()).containsExactly(0, 1);
            assertThat(set.train().entry(1).context()).containsExactly(1, 0);
            assertThat(set.train().entry(0).captions()).containsExactly("a", "b");
            assertThat(set.train().entry(2).captions()).isEmpty();
            assertThat(set.heldOut()).isEmpty();
        }
    }

    @Test
    void savedPartsInShards() {
        try (DataSet set = DataSource.open(WRITTEN.resolve("saved-parts"))) {
            requireColours(set.train(), 0, 1, 2);
            requireColours(set.test().orElseThrow(), 2, 0);
            assertThat(set.info().classes()).containsExactly("zero", "one");
            assertThat(set.test().orElseThrow().entry(0).context()).containsExactly(0, 1);
            assertThat(set.train().entry(2).caption()).isEqualTo("blue");
            assertThat(set.train().entry(1).captions()).isEmpty();
        }
        try (DataSet one = DataSource.open(WRITTEN.resolve("saved-parts/test"))) {
            requireColours(one.train(), 2, 0);
        }
    }

    @Test
    void otherTypesInFilesOfTheirOwn() {
        try (DataSet large = DataSource.open(WRITTEN.resolve("arrow/large.arrow"));
                DataSet view = DataSource.open(WRITTEN.resolve("arrow/view.arrow"))) {
            requireColours(large.train(), 0, 1, 2);
            requireColours(view.train(), 0, 1, 2);
            assertThat(large.train().entry(1).captions()).containsExactly("green", "lime");
            assertThat(large.info().classes()).containsExactly("0", "1", "2");
            assertThat(large.train().entry(0).context()).containsExactly(0, 0, 1);
            assertThat(large.train().info().notes()).anyMatch(note -> note.contains("not read: n"));
            assertThat(view.train().entry(2).caption()).isEqualTo("blue");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "packed, packed rows",
        "categories, the column label holds values of a type that is not read (encoded utf8)"
    })
    void whatIsNotReadIsNamed(String name, String words) {
        assertThatThrownBy(() -> DataSource.open(WRITTEN.resolve("arrow/" + name + ".arrow")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(words);
    }

    /** What the file says of its columns names one that it does not have (any longer). */
    @Test
    void aColumnThatIsOnlySpokenOf() throws IOException {
        String saved =
                Files.readString(WRITTEN.resolve("saved/data-00000-of-00001.arrow"), StandardCharsets.ISO_8859_1);
        Path file = Files.writeString(
                folder.resolve("renamed.arrow"),
                saved.replace("\"label\": {", "\"lapel\": {"),
                StandardCharsets.ISO_8859_1);
        try (DataSet set = DataSource.open(file)) {
            requireColours(set.train(), 0, 1, 2);
            assertThat(set.info().classes()).containsExactly("0", "1");
        }
    }

    /** The captions of three rows end at 0, 2, 3 and 3; the last is damaged. */
    @Test
    void listsThatClaimMoreThanTheFileHolds() throws IOException {
        byte[] bytes = Files.readAllBytes(WRITTEN.resolve("saved/data-00000-of-00001.arrow"));
        String ends = "\0\0\0\0\2\0\0\0\3\0\0\0\3\0\0\0";
        int at = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(ends);
        bytes[at + ends.length() - 1] = 0x7F;
        Path file = Files.write(folder.resolve("damaged.arrow"), bytes);
        assertThatThrownBy(() -> DataSource.open(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is damaged: it claims 2130706435 values in ");
    }

    /** A damaged file, found by a search: rows without the buffers that hold them. */
    @Test
    void rowsWithoutBuffers() {
        assertThatThrownBy(() -> DataSource.open(WRITTEN.resolveSibling("damaged/without-buffers.arrow")))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("is damaged: its columns need a buffer ");
    }

    private Path copied(String of) throws IOException {
        try (var files = Files.walk(WRITTEN.resolve(of))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Path copy = folder.resolve(WRITTEN.resolve(of).relativize(file).toString());
                Files.createDirectories(copy.getParent());
                Files.copy(file, copy);
            }
        }
        return folder;
    }

    @Test
    void aShardThatIsMissingIsNamed() throws IOException {
        Files.delete(copied("saved-parts").resolve("train/data-00001-of-00002.arrow"));
        assertThatThrownBy(() -> DataSource.open(folder))
                .hasMessageContaining("lists the file data-00001-of-00002.arrow, which is missing");
    }

    @Test
    void splitsThatAreNoPartsAndFilesOfNoSetAreSaid() throws IOException {
        Path list = copied("saved-parts").resolve("dataset_dict.json");
        Files.writeString(list, "{\"splits\": [\"train\", \"test\", \"unsupervised\"]}");
        Files.copy(folder.resolve("test/data-00000-of-00001.arrow"), folder.resolve("train/cache-1234.arrow"));
        try (DataSet set = DataSource.open(folder)) {
            requireColours(set.train(), 0, 1, 2);
            assertThat(set.info().notes())
                    .anyMatch(note -> note.contains("unsupervised"))
                    .anyMatch(note -> note.contains("cache-1234.arrow"));
        }
        Files.writeString(list, "{\"splits\": [\"test\"]}");
        assertThatThrownBy(() -> DataSource.open(folder)).hasMessageContaining("no split to train on");
        Files.writeString(list, "{\"splits\": [\"train\", \"validation\"]}");
        assertThatThrownBy(() -> DataSource.open(folder)).hasMessageContaining("no such folder");
    }

    @Test
    void filesOfTheCacheAreDividedByTheirNames() throws IOException {
        Path train = WRITTEN.resolve("saved-parts/train/data-00000-of-00002.arrow");
        Files.copy(train, folder.resolve("set-train.arrow"));
        Files.copy(WRITTEN.resolve("saved-parts/test/data-00000-of-00001.arrow"), folder.resolve("set-test.arrow"));
        try (DataSet set = DataSource.open(folder)) {
            assertThat(set.train().count()).isEqualTo(2);
            assertThat(set.test().orElseThrow().count()).isEqualTo(2);
            assertThat(set.info().classes()).containsExactly("zero", "one"); // said by the file itself
        }
    }

    @Test
    void aFileCutShortAnywhereIsASentence() throws IOException {
        byte[] whole = Files.readAllBytes(WRITTEN.resolve("saved/data-00000-of-00001.arrow"));
        List<Integer> lengths = List.of(0, 3, 6, 100, whole.length / 2, whole.length - 20);
        for (int length : lengths) {
            Path file = folder.resolve(length + ".arrow");
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> DataSource.open(file)).isInstanceOf(InputException.class);
        }
    }
}
