package io.inkstone.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.data.DataSet;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TarPicturesTest {
    @TempDir
    Path folder;

    private byte[] picture;
    private final ByteArrayOutputStream tar = new ByteArrayOutputStream();

    @BeforeEach
    void picture() throws IOException {
        TestPictures.png(folder.resolve("p/p.png"), 2, 3, 0xFF);
        picture = Files.readAllBytes(folder.resolve("p/p.png"));
        Files.delete(folder.resolve("p/p.png"));
        Files.delete(folder.resolve("p"));
    }

    private void member(String name, byte[] content) {
        member(name, content, '0');
    }

    private void member(String name, byte[] content, char kind) {
        byte[] block = new byte[512];
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(bytes, 0, block, 0, Math.min(100, bytes.length));
        byte[] size = "%011o".formatted(content.length).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(size, 0, block, 124, 11);
        block[156] = (byte) kind;
        System.arraycopy("ustar\0".getBytes(StandardCharsets.US_ASCII), 0, block, 257, 6);
        tar.writeBytes(block);
        tar.writeBytes(content);
        tar.writeBytes(new byte[(512 - content.length % 512) % 512]);
    }

    private static byte[] text(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Path write(String name) throws IOException {
        tar.writeBytes(new byte[1024]);
        Path file = Files.write(folder.resolve(name), tar.toByteArray());
        tar.reset();
        return file;
    }

    @Test
    void samplesOfSeveralTarsAndParts() throws IOException {
        for (int i = 0; i < 5; i++) {
            member("00%d.png".formatted(i), picture);
            member("00%d.cls".formatted(i), text(i % 2 + "\n"));
            member("00%d.txt".formatted(i), text("picture " + i));
            if (i == 2) {
                write("train-000000.tar");
            }
        }
        write("train-000001.tar");
        member("x.png", picture);
        member("x.cls", text("1"));
        write("val-000000.tar");
        try (DataSet set = DataSource.open(folder)) {
            assertThat(set.train().count()).isEqualTo(5);
            assertThat(set.info().classes()).containsExactly("0", "1");
            assertThat(set.info().captioned()).isTrue();
            assertThat(set.train().entry(3).caption()).isEqualTo("picture 3");
            assertThat(set.train().entry(3).context()).containsExactly(0, 1);
            assertThat(set.train().entry(4).name()).isEqualTo("train-000001.tar 004");
            assertThat(set.train().pixels(4).height()).isEqualTo(3);
            assertThat(set.validation().orElseThrow().count()).isEqualTo(1);
        }
    }

    @Test
    void packedTarsLongNamesAndObjects() throws IOException {
        String name = "deep/".repeat(30) + "a";
        byte[] record = text("%d path=%s.png\n".formatted(3 + 6 + name.length() + 5, name));
        member("pax", record, 'x');
        member("cut", picture);
        member("././@LongLink", text(name + ".json\0"), 'L');
        member("cut", text("{\"caption\": \"said\", \"width\": 2}"));
        member("._b.png", new byte[3]);
        member("b.png", picture);
        member("b.npy", new byte[3]);
        Path packed = folder.resolve("x.tar.gz");
        tar.writeBytes(new byte[1024]);
        Files.write(packed, TestPictures.gzip(tar.toByteArray()));
        try (DataSet set = DataSource.open(packed)) {
            assertThat(set.train().count()).isEqualTo(2);
            assertThat(set.train().entry(0).name())
                    .isEqualTo("%s %s".formatted(set.train().entry(0).name().split(" ")[0], name));
            assertThat(set.train().entry(0).captions()).containsExactly("said");
            assertThat(set.train().entry(1).captions()).isEmpty();
            assertThat(set.info().notes()).anyMatch(note -> note.contains("x.tar.gz was unpacked"));
            assertThat(set.info().notes()).contains("Left out of the tars: .npy 1.");
        }
    }

    @Test
    void classFoldersThatWerePacked() throws IOException {
        member("set/train/cat/1.png", picture);
        member("set/train/dog/1.png", picture);
        member("set/test/dog/1.png", picture);
        Path file = write("set.tar");
        try (DataSet set = DataSource.open(file)) {
            assertThat(set.info().classes()).containsExactly("cat", "dog");
            assertThat(set.train().count()).isEqualTo(2);
            assertThat(set.test().orElseThrow().entry(0).context()).containsExactly(0, 1);
        }
    }

    @Test
    void whatIsWrongIsASentence() throws IOException {
        member("a.png", picture);
        member("b.png", picture);
        member("a.cls", text("1"));
        Path file = write("x.tar");
        assertThatThrownBy(() -> DataSource.open(file)).hasMessageContaining("must be neighbours");
        member("a.left.png", picture);
        member("a.right.png", picture);
        write("x.tar");
        assertThatThrownBy(() -> DataSource.open(file))
                .hasMessageContaining("has two pictures, left.png and right.png");
        try (DataSet set = DataSource.open(file, DataOptions.FOUND.withImage("right.png"))) {
            assertThat(set.train().count()).isEqualTo(1);
        }
        member("a.png", new byte[5000]);
        byte[] all = tar.toByteArray();
        Files.write(file, Arrays.copyOf(all, 2000));
        assertThatThrownBy(() -> DataSource.open(file)).hasMessageContaining("cut short or damaged");
        Files.write(file, new byte[] {1, 2, 3});
        assertThatThrownBy(() -> DataSource.open(file)).hasMessageContaining("no pictures");
    }

    @Test
    void aKeptIndexIsTheSame() throws IOException {
        member("a.png", picture);
        member("a.cls", text("3"));
        member("b.png", picture);
        member("b.bin", text("3"));
        Path file = write("x.tar");
        Path cache = folder.resolve("cache");
        TarIndex first = TarIndexCache.index(file, "", cache);
        TarIndex again = TarIndexCache.index(file, "", cache);
        assertThat(cache.toFile().list()).hasSize(1);
        assertThat(again)
                .usingRecursiveComparison()
                .comparingOnlyFields(
                        "names",
                        "nameEnds",
                        "pictures",
                        "pictureLengths",
                        "texts",
                        "textLengths",
                        "classes",
                        "count",
                        "unread")
                .isEqualTo(first);
        Files.write(cache.resolve(cache.toFile().list()[0]), new byte[9]);
        assertThat(TarIndexCache.index(file, "", cache).count).isEqualTo(2);
    }
}
