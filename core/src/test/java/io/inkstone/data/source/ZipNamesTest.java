package io.inkstone.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.data.DataSet;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipNamesTest {
    /** Bytes of an entry in an archive's list, before its name. */
    private static final int HEADER = 46;

    @TempDir
    Path folder;

    private Path zip(String encoding, String... names) throws IOException {
        TestPictures.png(folder.resolve("p.png"), 2, 2, 1);
        Path zip = folder.resolve("set.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip), Charset.forName(encoding))) {
            for (String name : names) {
                out.putNextEntry(new ZipEntry(name));
                out.write(Files.readAllBytes(folder.resolve("p.png")));
            }
        }
        return zip;
    }

    @Test
    void backslashesAreFolders() throws IOException {
        Path zip = zip("UTF-8", "cat\\1.png", "dog\\1.png", "dog\\2.png");
        try (DataSet set = DataSource.open(zip)) {
            assertThat(set.info().classes()).containsExactly("cat", "dog");
            assertThat(set.train().entry(2).name()).isEqualTo("dog/2.png");
            assertThat(set.train().pixels(2).width()).isEqualTo(2);
            assertThat(set.info().notes()).anyMatch(note -> note.contains("backslashes"));
        }
    }

    @Test
    void namesOfTheStandardsOwnLetters() throws IOException {
        try (DataSet set = DataSource.open(zip("IBM437", "\u00E9t\u00E9/1.png", "hiver/1.png"))) {
            assertThat(set.info().classes()).containsExactly("hiver", "\u00E9t\u00E9");
            assertThat(set.info().notes()).containsExactly("Names in set.zip are not UTF-8; they were read as IBM437.");
        }
    }

    @Test
    void otherLettersMustBeSaid() throws IOException {
        Path zip = zip("GBK", "\u732B/1.png", "\u72D7/1.png");
        assertThatThrownBy(() -> DataSource.open(zip)).hasMessageContaining("neither UTF-8 nor IBM437");
        try (DataSet set = DataSource.open(zip, DataOptions.FOUND.withZipNames(Charset.forName("GBK")))) {
            assertThat(set.info().classes()).containsExactly("\u72D7", "\u732B");
        }
    }

    /** Java's own reader takes such an entry for the root, or falls over it where the byte before the name is a slash. */
    @Test
    void anEntryWithoutAName() throws IOException {
        Path zip = zip("UTF-8", "cat/1.png", "");
        String wanted = "one of them has no name). Fetch or pack it again.";
        assertThatThrownBy(() -> DataSource.open(zip))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(wanted);
        byte[] bytes = Files.readAllBytes(zip);
        int last = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf("PK\1\2");
        bytes[last + HEADER - 1] = '/';
        Files.write(zip, bytes);
        assertThatThrownBy(() -> DataSource.open(zip))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(wanted);
    }

    /** Java's own reader hands out such a name, and refuses it when it is told relative to its folder. */
    @Test
    void aNameWithAnEmptyLetter() throws IOException {
        Path zip = zip("UTF-8", "x/a/1.png", "x/b\0.png");
        assertThatThrownBy(() -> DataSource.open(zip))
                .isInstanceOf(InputException.class)
                .hasMessageContaining("Fetch or pack it again.");
    }
}
