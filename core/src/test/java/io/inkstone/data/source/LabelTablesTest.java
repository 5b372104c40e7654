package io.inkstone.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tables of competitions beside folders of pictures. */
class LabelTablesTest {
    @TempDir
    Path folder;

    private void pictures(String... names) throws IOException {
        for (String name : names) {
            TestPictures.png(folder.resolve(name), 2, 2, 0xff0000);
        }
    }

    private void table(String name, String... lines) throws IOException {
        Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    private DataSet open() {
        return DataSource.open(folder);
    }

    private static List<String> classes(PictureSet set) {
        List<String> all = new ArrayList<>();
        for (int i = 0; i < set.count(); i++) {
            float[] context = set.entry(i).context();
            List<String> own = new ArrayList<>();
            for (int k = 0; k < context.length; k++) {
                if (context[k] == 1) {
                    own.add(set.info().classes().get(k));
                }
            }
            all.add(set.entry(i).name() + " " + String.join("+", own));
        }
        return all;
    }

    @ParameterizedTest
    @ValueSource(strings = {"id,label", "image_id,breed", "filename,class", "Id,Category", "img,anything"})
    void idsWithoutEndingsAndATestPartWithoutLabels(String head) throws IOException {
        pictures("train/a1.png", "train/b2.png", "train/c3.png", "test/a1.png", "test/d4.png");
        table("train.csv", head, "b2,dog", "a1,cat", "c3,dog");
        table("test.csv", head.split(",")[0], "a1", "d4");
        table("sample_submission.csv", head, "a1,cat", "d4,cat");
        try (DataSet set = open()) {
            assertThat(classes(set.train()))
                    .containsExactly("train/b2.png dog", "train/a1.png cat", "train/c3.png dog");
            assertThat(set.heldOut()).isEmpty();
            assertThat(set.info().notes())
                    .anyMatch(note -> note.contains("2 pictures that train.csv does not name (test/a1.png, …)"))
                    .anyMatch(note -> note.contains("test.csv"))
                    .anyMatch(note -> note.contains(".csv 1"));
        }
    }

    @Test
    void aTestTableWithLabelsIsHeldOut() throws IOException {
        pictures("images/a.png", "images/b.png", "images/c.png", "images/d.png");
        table("train.csv", "image,label", "a.png,0", "b.png,1");
        table("test.csv", "image,label", "c.png,1", "d.png,7");
        try (DataSet set = open()) {
            assertThat(classes(set.train())).containsExactly("images/a.png 0", "images/b.png 1");
            assertThat(classes(set.test().orElseThrow())).containsExactly("images/c.png 1");
            assertThat(set.info().notes()).anyMatch(note -> note.contains("classes that the training part lacks (7)"));
        }
        table("test.csv", "image,label", "a.png,0");
        assertThatThrownBy(this::open).hasMessageContaining("has a row already in train.csv");
    }

    @Test
    void columnsOfFlagsAreClassesOrAttributes() throws IOException {
        pictures("images/a.png", "images/b.png");
        table("train.csv", "image_id,healthy,rust", "a,1,0", "b,0,1");
        try (DataSet set = open()) {
            assertThat(set.info().exclusive()).isTrue();
            assertThat(classes(set.train())).containsExactly("images/a.png healthy", "images/b.png rust");
        }
        table("train.csv", "image_id,healthy,rust", "a,1,1", "b,0,1");
        try (DataSet set = open()) {
            assertThat(set.info().exclusive()).isFalse();
            assertThat(classes(set.train())).containsExactly("images/a.png healthy+rust", "images/b.png rust");
        }
    }

    @Test
    void severalAttributesInOneColumn() throws IOException {
        pictures("a.png", "b.png", "c.png");
        table("labels.csv", "file,tags", "a,clear", "b,haze", "c,haze clear");
        try (DataSet set = open()) {
            assertThat(classes(set.train())).containsExactly("a.png clear", "b.png haze", "c.png clear+haze");
        }
        table("labels.csv", "file,target", "a,0", "b,16 0", "c,16");
        try (DataSet set = open()) {
            assertThat(classes(set.train())).containsExactly("a.png 0", "b.png 0+16", "c.png 16");
        }
        table("labels.csv", "file,labels", "a,grey parrot", "b,hen", "c,hen");
        assertThatThrownBy(this::open)
                .hasMessageContaining("\"grey parrot\" in the column labels may be one class or several attributes");
        try (DataSet set = DataSource.open(folder, DataOptions.FOUND.withLabel("labels"))) {
            assertThat(classes(set.train())).containsExactly("a.png grey parrot", "b.png hen", "c.png hen");
        }
    }

    @Test
    void classFoldersAndATable() throws IOException {
        pictures("train/cat/a.png", "train/dog/b.png", "train/dog/c.png", "test/cat/d.png", "test/dog/e.png");
        table("train.csv", "file,label", "a,0", "b,1", "c,1");
        try (DataSet set = open()) {
            assertThat(set.info().classes()).containsExactly("cat", "dog");
            assertThat(set.test().orElseThrow().count()).isEqualTo(2);
        }
        table("train.csv", "file,label", "a,0", "b,1", "c,0");
        assertThatThrownBy(this::open).hasMessageContaining("says other classes (label) than the folders");
        try (DataSet set = DataSource.open(folder, DataOptions.FOUND.withLabel("label"))) {
            assertThat(classes(set.train()))
                    .containsExactly("train/cat/a.png 0", "train/dog/b.png 1", "train/dog/c.png 0");
        }
    }

    @Test
    void captionsAndAColumnOfParts() throws IOException {
        pictures("p/a.png", "p/b.png");
        table(
                "list.csv",
                ",image,caption,split",
                "0,a.png,\"one, two\",train",
                "1,b.png,three,test",
                "2,a.png,more,train");
        try (DataSet set = open()) {
            assertThat(set.train().count()).isEqualTo(1);
            assertThat(set.train().entry(0).captions()).containsExactly("one, two", "more");
            assertThat(set.test().orElseThrow().entry(0).caption()).isEqualTo("three");
            assertThat(set.info().classes()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id,dx,sex,age/a,x,m,1/b,y,f,2 | several columns that may be classes (dx, sex, age)",
                "id,label/a,x/b, | 1 of 2 rows have nothing in label, the first is row 3",
                "id,label/a,0.31/b,0.5 | holds numbers such as 0.31",
                "id,label/a,x/zz,y | but 1 of them are missing (zz)",
                "a,x/b,y | has no line of names",
                "id,label/a,x/a,y | has a row already that says something else",
                "id,label,class/a,x,1/b,y,1 | several columns that may be classes (label, class)"
            })
    void whatCannotBeToldIsAskedFor(String lines, String words) throws IOException {
        pictures("train/a.png", "train/b.png");
        table("train.csv", lines.split("/"));
        assertThatThrownBy(this::open).hasMessageContaining(words);
    }

    @Test
    void tablesOfSomethingElseAreLeftOut() throws IOException {
        pictures("a.png", "b.png");
        table("breeds.csv", "name,size", "corgi,small", "dane,large");
        try (DataSet set = open()) {
            assertThat(set.info().classes()).isEmpty();
            assertThat(set.info().notes()).anyMatch(note -> note.contains(".csv 1"));
        }
    }

    /** Only a table that names pictures is read to its end: another may be of any size, and broken further down. */
    @Test
    void ofATableOfSomethingElseOnlyTheStartIsRead() throws IOException {
        pictures("train/a.png", "train/b.png");
        table("train.csv", "id,label", "a,cat", "b,dog");
        String other = "time,value\n" + "1,2\n".repeat(1 << 18);
        Files.writeString(folder.resolve("weather.csv"), other + "3,\"never closed");
        assertThat(classes(open().train())).containsExactly("train/a.png cat", "train/b.png dog");
        Files.writeString(folder.resolve("train.csv"), "id,label\na,cat\nb,\"dog\n");
        assertThatThrownBy(this::open).hasMessageContaining("train.csv is no table with commas that can be read");
    }

    /** A value with line breaks may lie where the look at the start ends. */
    @Test
    void aLongRowAtTheEndOfTheStartIsReadWhole() throws IOException {
        pictures("train/a.png", "train/b.png");
        table("train.csv", "id,text", "a,\"" + "long\n".repeat(1 << 18) + "\"", "b,short");
        PictureSet set = open().train();
        assertThat(set.count()).isEqualTo(2);
        assertThat(set.entry(1).caption()).isEqualTo("short");
    }
}
