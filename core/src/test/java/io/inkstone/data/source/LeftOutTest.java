package io.inkstone.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.data.DataSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Links, helper folders and files that are no pictures: followed, passed over, said. */
class LeftOutTest {
    @TempDir
    Path folder;

    private void picture(String name) throws IOException {
        TestPictures.png(folder.resolve(name), 2, 2, 1);
    }

    @Test
    void whatIsNoPictureIsCountedByEnding() throws IOException {
        picture("a/1.png");
        picture("b/1.png");
        Files.writeString(folder.resolve("a/photo.heic"), "");
        Files.writeString(folder.resolve("b/photo.heic"), "");
        Files.writeString(folder.resolve("b/list.csv"), "");
        Files.writeString(folder.resolve("b/Thumbs.db"), "");
        Files.writeString(folder.resolve("README.md"), "");
        picture("@eaDir/1.png");
        picture("a/.git/1.png");
        picture("a/__MACOSX/1.png");
        Files.createDirectories(folder.resolve("empty"));
        try (DataSet set = DataSource.open(folder)) {
            assertThat(set.info().classes()).containsExactly("a", "b");
            assertThat(set.train().count()).isEqualTo(2);
            assertThat(set.info().notes())
                    .containsExactlyInAnyOrder(
                            "No classes, because they hold no pictures or a list of their own: 1 folder (empty/).",
                            "Left out: 3 files that are no picture of a kind that is read (.csv 1, .heic 2).",
                            "Passed over: hidden and helper folders: @eaDir, .git, __MACOSX.");
        }
    }

    @Test
    void linksAreFollowedAndLoopsRefused() throws IOException {
        Path elsewhere = folder.resolve("elsewhere");
        picture("elsewhere/cats/1.png");
        picture("set/dog/1.png");
        Files.createSymbolicLink(folder.resolve("set/cat"), elsewhere.resolve("cats"));
        Files.createSymbolicLink(folder.resolve("set/dog/2.png"), elsewhere.resolve("cats/1.png"));
        Files.createSymbolicLink(folder.resolve("set/dog/gone.png"), elsewhere.resolve("cats/none.png"));
        try (DataSet set = DataSource.open(folder.resolve("set"))) {
            assertThat(set.info().classes()).containsExactly("cat", "dog");
            assertThat(set.train().count()).isEqualTo(3);
            assertThat(set.info().notes()).singleElement().asString().contains("links that lead nowhere", "gone.png");
        }
        Files.createSymbolicLink(folder.resolve("set/dog/up"), folder.resolve("set"));
        assertThatThrownBy(() -> DataSource.open(folder.resolve("set"))).hasMessageContaining("leads back to");
    }

    @Test
    void picturesBesideAListThatItDoesNotName() throws IOException {
        picture("1.png");
        picture("2.png");
        Files.writeString(
                folder.resolve("metadata.jsonl"),
                "{\"file_name\": \"1.png\", \"text\": \"line\u2028end\", \"width\": 2}\r\n");
        try (DataSet set = DataSource.open(folder)) {
            assertThat(set.train().entry(0).caption()).isEqualTo("line\u2028end");
            assertThat(set.info().notes())
                    .containsExactly(
                            "Not read from metadata.jsonl: width.",
                            "Left out: 1 picture that metadata.jsonl does not name.");
        }
    }

    @Test
    void foldersBesideClassesWhosePicturesLieDeeperAreClassesToo() throws IOException {
        picture("cat/1.png");
        picture("dog/small/1.png");
        assertThat(DataSource.open(folder).info().classes()).isEqualTo(List.of("cat", "dog"));
    }
}
