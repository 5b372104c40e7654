package io.inkstone.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CaptionFormsTest {
    @TempDir
    Path folder;

    @BeforeEach
    void pictures() throws IOException {
        TestPictures.png(folder.resolve("a.png"), 2, 2, 1);
        TestPictures.png(folder.resolve("b.png"), 2, 2, 2);
    }

    private PictureSet open() {
        return DataSource.open(folder).train();
    }

    @Test
    void textsBesidePictures() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "\uFEFFa cat\n\n a small cat \n");
        PictureSet set = open();
        assertThat(set.entry(0).captions()).containsExactly("a cat", "a small cat");
        assertThat(set.entry(1).captions()).isEmpty();
        assertThat(set.info().notes()).containsExactly("1 picture of 2 have no caption beside them; theirs is empty.");
        assertThat(set.info().captionsUnread().orElseThrow()).contains("which nothing in this recipe reads");
        Files.writeString(folder.resolve("b.txt"), "0 0.5 0.5 0.25 0.125\n3 0.1 0.1 0.2 0.2\n");
        assertThat(open().info().notes()).anyMatch(note -> note.contains("1 text beside pictures that hold boxes"));
    }

    @Test
    void severalRowsAPictureAndClasses() throws IOException {
        Files.writeString(
                folder.resolve("metadata.csv"),
                "file_name;text;label\na.png;\"one; two\";cat\na.png;three;cat\nb.png;four;ant\n");
        PictureSet set = open();
        assertThat(set.count()).isEqualTo(2);
        assertThat(set.entry(0).captions()).containsExactly("one; two", "three");
        assertThat(set.info().classes()).containsExactly("ant", "cat");
        assertThat(set.entry(0).context()).containsExactly(0, 1);
        Files.writeString(folder.resolve("metadata.csv"), "file_name,label\na.png,1\na.png,2\n");
        assertThatThrownBy(this::open).hasMessageContaining("a.png is in two classes, 1 and 2");
        Files.writeString(folder.resolve("metadata.csv"), "file_name,text\na.png,x,y\n");
        assertThatThrownBy(this::open).hasMessageContaining("row 2 has 3 values for 2 columns");
    }

    @Test
    void listsOfTextsAndParts() throws IOException {
        Files.writeString(
                folder.resolve("metadata.jsonl"),
                "{\"file_name\": \"a.png\", \"caption\": [\"x\", \"y\"], \"split\": \"train\"}\n"
                        + "{\"file_name\": \"b.png\", \"caption\": [], \"split\": \"val\"}\n");
        try (DataSet set = DataSource.open(folder)) {
            assertThat(set.train().count()).isEqualTo(1);
            assertThat(set.train().entry(0).captions()).containsExactly("x", "y");
            assertThat(set.validation().orElseThrow().entry(0).name()).isEqualTo("b.png");
        }
    }

    @Test
    void aListAboveFoldersOfParts() throws IOException {
        TestPictures.png(folder.resolve("test/c.png"), 2, 2, 2);
        Files.writeString(
                folder.resolve("metadata.jsonl"),
                "{\"file_name\": \"a.png\", \"text\": \"x\"}\n{\"file_name\": \"test/c.png\", \"text\": \"y\"}\n");
        try (DataSet set = DataSource.open(folder)) {
            assertThat(set.train().count()).isEqualTo(1);
            assertThat(set.test().orElseThrow().count()).isEqualTo(1);
            assertThat(set.info().notes()).contains("1 picture in no part is trained on.");
        }
    }

    @Test
    void annotationsOfCoco() throws IOException {
        TestPictures.png(folder.resolve("val2017/c.png"), 2, 2, 2);
        Files.createDirectories(folder.resolve("annotations"));
        Files.writeString(
                folder.resolve("annotations/captions_train2017.json"),
                "{\"info\": {\"x\": [1]}, \"annotations\": [{\"image_id\": 7, \"caption\": \"one\"}, {\"image_id\": 7, \"caption\": \"two\"},"
                        + " {\"image_id\": 8, \"caption\": \"three\"}], \"images\": [{\"id\": 7, \"file_name\": \"a.png\"}, {\"id\": 8, \"file_name\": \"b.png\"}]}");
        Files.writeString(
                folder.resolve("annotations/captions_val2017.json"),
                "{\"images\": [{\"id\": 7, \"file_name\": \"c.png\"}], \"annotations\": [{\"image_id\": 7, \"caption\": \"four\"}]}");
        try (DataSet set = DataSource.open(folder)) {
            assertThat(set.train().count()).isEqualTo(2);
            assertThat(set.train().entry(0).captions()).containsExactly("one", "two");
            assertThat(set.validation().orElseThrow().entry(0).caption()).isEqualTo("four");
        }
    }
}
