package io.inkstone.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.InputException;
import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.data.DataSet;
import io.inkstone.data.PictureSet;
import io.inkstone.data.Preparation;
import io.inkstone.data.SharedData;
import io.inkstone.data.Split;
import io.inkstone.data.Transform;
import io.inkstone.image.Size;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataSourceTest {
    @TempDir
    Path folder;

    @Test
    void classFoldersAreSortedByName() throws IOException {
        TestPictures.png(folder.resolve("dog/b.png"), 3, 3, 0x808080);
        TestPictures.png(folder.resolve("cat/z.png"), 3, 3, 0x404040);
        TestPictures.png(folder.resolve("cat/deep/a.png"), 3, 3, 0x404040);
        Files.createDirectories(folder.resolve("empty"));
        Files.writeString(folder.resolve("cat/notes.txt"), "no picture");
        PictureSet set = DataSource.open(folder).train();
        assertThat(set.info().classes()).containsExactly("cat", "dog");
        assertThat(set.info().channels()).isEqualTo(1);
        assertThat(set.info().size()).isEqualTo(Optional.of(new Size(3, 3)));
        assertThat(set.entry(0).name()).isEqualTo("cat/deep/a.png");
        assertThat(set.entry(2).context()).containsExactly(0, 1);
        TestPictures.png(folder.resolve("loose.png"), 3, 3, 0);
        assertThatThrownBy(() -> DataSource.open(folder))
                .hasMessageContaining("two kinds of data: class folders (cat/, dog/) and pictures")
                .hasMessageContaining("point at");
    }

    @Test
    void nestedPicturesOfVariedSizes() throws IOException {
        TestPictures.png(folder.resolve("all/b/1.png"), 3, 4, 0xFF0000);
        TestPictures.png(folder.resolve("all/a/1.png"), 5, 4, 0xFF0000);
        TestPictures.png(folder.resolve(".hidden/1.png"), 5, 4, 0xFF0000);
        PictureSet set = DataSource.open(folder).train();
        assertThat(set.count()).isEqualTo(2);
        assertThat(set.info().size()).isEmpty();
        assertThat(set.info().channels()).isEqualTo(3);
        assertThat(set.entry(0).name()).isEqualTo("all/a/1.png");
    }

    @Test
    void zipsAreReadWithoutUnpacking() throws IOException {
        byte[] picture = Files.readAllBytes(made("p.png"));
        Path zip = folder.resolve("set.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String name : new String[] {"top/b/1.png", "top/a/1.png", "top/a/2.png", "__MACOSX/a/1.png"}) {
                out.putNextEntry(new ZipEntry(name));
                out.write(picture);
            }
        }
        try (DataSet set = DataSource.open(zip)) {
            assertThat(set.info().count()).isEqualTo(3);
            assertThat(set.info().classes()).containsExactly("a", "b");
            assertThat(set.train().entry(2).name()).isEqualTo("b/1.png");
        }
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("../evil.png"));
            out.write(picture);
        }
        assertThatThrownBy(() -> DataSource.open(zip)).isInstanceOf(InputException.class);
        Files.writeString(zip, "no zip at all");
        assertThatThrownBy(() -> DataSource.open(zip)).hasMessageContaining("not a zip archive");
    }

    /** An entry that unpacks to more than any picture has is a damaged picture, not a full memory. */
    @Test
    void aZipBombIsOnePictureTooMany() throws IOException {
        Path zip = folder.resolve("bomb.zip");
        byte[] zeros = new byte[1 << 20];
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("a.png"));
            for (int i = 0; i < 257; i++) {
                out.write(zeros);
            }
        }
        try (DataSet set = DataSource.open(zip)) {
            assertThatThrownBy(() -> set.train().pixels(0)).hasMessageContaining("larger than 256 MB");
        }
    }

    @Test
    void arraysInsideAZip() throws IOException {
        Path array = folder.resolve("p.npy");
        Npy.write(array, NdArray.of(new byte[24], 2, 2, 2, 3));
        Path labels = folder.resolve("l.npy");
        Npy.write(labels, NdArray.of(new long[] {1, 0}, 2));
        Path zip = folder.resolve("set.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("x/p.npy"));
            out.write(Files.readAllBytes(array));
            out.putNextEntry(new ZipEntry("x/labels.npy"));
            out.write(Files.readAllBytes(labels));
        }
        try (DataSet set = DataSource.open(zip)) {
            assertThat(set.train().entry(0).context()).containsExactly(0, 1);
        }
    }

    @Test
    void captionsFromAList() throws IOException {
        TestPictures.png(folder.resolve("in/a.png"), 2, 2, 0xFF);
        Path list = folder.resolve("metadata.jsonl");
        Files.writeString(list, "{\"file_name\": \"in/a.png\", \"text\": \"a blue square\", \"more\": 1}\n\n");
        PictureSet set = DataSource.open(folder).train();
        assertThat(set.info().captioned()).isTrue();
        assertThat(set.entry(0).caption()).isEqualTo("a blue square");
        Files.writeString(list, "{\"file_name\": \"b.png\", \"text\": \"x\"}");
        assertThatThrownBy(() -> DataSource.open(folder)).hasMessageContaining("line 1: the picture b.png is missing");
        Files.writeString(list, "{\"file_name\": \"../b.png\", \"text\": \"x\"}");
        assertThatThrownBy(() -> DataSource.open(folder)).hasMessageContaining("outside its folder");
        Files.writeString(list, "{\"file_name\": \"in/a.png\"}");
        assertThatThrownBy(() -> DataSource.open(folder)).hasMessageContaining("has no \"text\"");
        Files.writeString(list, "file_name");
        assertThatThrownBy(() -> DataSource.open(folder)).hasMessageContaining("is no JSON object");
        Npy.write(folder.resolve("p.npy"), NdArray.of(new byte[12], 1, 2, 2, 3));
        assertThatThrownBy(() -> DataSource.open(folder))
                .hasMessageContaining("metadata.jsonl) and a NumPy array of pictures (p.npy)");
    }

    @Test
    void attributesAndPartition() throws IOException {
        for (int i = 1; i <= 4; i++) {
            TestPictures.png(folder.resolve("img/" + i + ".png"), 2, 2, i);
        }
        Files.writeString(
                folder.resolve("list_attr_celeba.txt"),
                "4\nHat Smiling\n1.png 1 -1\n2.png -1 -1\n3.png  1  1\n4.png -1 1\n");
        Files.writeString(folder.resolve("list_eval_partition.txt"), "1.png 0\n2.png 1\n3.png 2\n4.png 0\n");
        for (Path place : new Path[] {folder, folder.resolve("img")}) {
            DataSet set = DataSource.open(place);
            assertThat(set.info().classes()).containsExactly("Hat", "Smiling");
            assertThat(set.info().exclusive()).isFalse();
            assertThat(set.train().count()).isEqualTo(2);
            assertThat(set.train().entry(1).context()).containsExactly(0, 1);
            assertThat(set.split(Split.VALIDATION).entry(0).context()).containsExactly(0, 0);
            assertThat(set.split(Split.TEST).entry(0).name()).endsWith("3.png");
            PictureSet all = set.split(Split.ALL);
            assertThat(IntStream.range(0, all.count())
                            .mapToObj(i -> all.entry(i).name().replaceAll(".*?(\\d).png", "$1")))
                    .containsExactly("1", "4", "2", "3");
            assertThat(all.pixels(2)).isEqualTo(set.split(Split.VALIDATION).pixels(0));
            assertThat(set.leftOut(Split.ALL)).isEmpty();
            assertThat(set.leftOut(Split.TEST).orElseThrow())
                    .contains("left out: train (2 pictures), validation (1 picture). The part 'all'");
        }
        Files.writeString(folder.resolve("list_attr_celeba.txt"), "4\nHat Smiling\n1.png 1 -1\n2.png -1 2\n");
        assertThatThrownBy(() -> DataSource.open(folder))
                .hasMessageContaining("line 4: an attribute is 1 or -1, got \"2\"");
        Files.writeString(folder.resolve("list_attr_celeba.txt"), "4\nHat Smiling\n1.png 1 -1\n");
        assertThatThrownBy(() -> DataSource.open(folder)).hasMessageContaining("has no line for it");
    }

    @Test
    void aDamagedPictureAmongMany() throws IOException {
        for (int i = 0; i < 30; i++) {
            TestPictures.png(folder.resolve("%02d.png".formatted(i)), 4, 4, i * 1000);
        }
        Path broken = folder.resolve("17.png");
        Files.write(broken, Arrays.copyOf(Files.readAllBytes(broken), 40));
        PictureSet set = DataSource.open(folder).train();
        Preparation stop = Preparation.of(new Transform(OptionalInt.empty(), 4, 3));
        assertThatThrownBy(() -> stop.prepare(set))
                .hasMessageContaining("1 of 30 pictures")
                .hasMessageContaining("17.png");
        assertThat(stop.skippingDamaged().prepare(set).skipped()).isEqualTo(1);
    }

    @Test
    void whatIsNotThereIsSaid() throws IOException {
        Files.createDirectories(folder.resolve("faces64"));
        assertThatThrownBy(() -> DataSource.open(folder.resolve("faces46")))
                .hasMessageContaining("There is no")
                .hasMessageContaining("faces64/");
        assertThatThrownBy(() -> DataSource.open(folder.resolve("faces64")))
                .hasMessageContaining("holds no data that can be read");
        Files.writeString(folder.resolve("x.zip"), "");
        assertThatThrownBy(() -> DataSource.open(folder)).hasMessageContaining("x.zip point at it");
        Files.writeString(folder.resolve("x.csv"), "");
        assertThatThrownBy(() -> DataSource.open(folder.resolve("x.csv"))).hasMessageContaining("no kind of data");
    }

    @Test
    void realTilesInAZip() {
        try (DataSet set = DataSource.open(SharedData.path("tiles32/tiles32.zip"))) {
            assertThat(set.info().count()).isEqualTo(3068);
            assertThat(set.info().classes()).hasSize(5);
            assertThat(set.info().size()).isEqualTo(Optional.of(new Size(32, 32)));
            assertThat(Preparation.of(new Transform(OptionalInt.empty(), 32, 3))
                            .prepare(set.train())
                            .skipped())
                    .isZero();
        }
    }

    @Test
    void realFaces() {
        try (DataSet set = DataSource.open(SharedData.path("faces64"))) {
            assertThat(set.train().count()).isEqualTo(2400);
            assertThat(set.validation().orElseThrow().count()).isEqualTo(300);
            assertThat(set.info().classes()).hasSize(14);
            assertThat(set.info().size()).isEqualTo(Optional.of(new Size(218, 178)));
        }
    }

    private Path made(String name) throws IOException {
        Path file = folder.resolve(name);
        TestPictures.png(file, 2, 2, 0x123456);
        return file;
    }
}
