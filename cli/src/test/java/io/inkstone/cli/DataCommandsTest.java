package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataCommandsTest {
    @TempDir
    Path folder;

    /** Two classes of three pictures; one of them is small, one more is no picture. */
    private Path pictures() throws IOException {
        for (int i = 0; i < 6; i++) {
            Path place = folder.resolve("set").resolve(i < 3 ? "cats" : "dogs");
            Files.createDirectories(place);
            int side = i == 5 ? 20 : 32;
            PictureFile.write(place.resolve(i + ".png"), Pixels.filled(side, side, 0x204060 * (i + 1)), Map.of());
        }
        Files.writeString(folder.resolve("set/cats/broken.png"), "no picture");
        return folder.resolve("set");
    }

    @Test
    void inspectSaysWhatAPathHolds() throws IOException {
        Path sheet = folder.resolve("sheet.png");
        Terminal called = Terminal.run("data", "inspect", pictures(), "--crop", 32, "--size", 16, "--out", sheet)
                .succeeded();
        assertThat(called.out())
                .contains("class folders", "32×32 (5), 20×20 (1)", "cats (4), dogs (3)")
                .contains("damaged    1 picture\n", "broken.png", "too small  1 picture\n", "5.png");
        assertThat(PictureFile.read(sheet).width()).isGreaterThan(4 * 16);
        JsonNode json = Terminal.run("data", "inspect", pictures(), "--json")
                .succeeded()
                .json();
        assertThat(json.at("/parts/0/count").asInt()).isEqualTo(7);
        assertThat(json.at("/sound").asBoolean()).isFalse();
    }

    @Test
    void inspectListsFoldersWhereNothingCanBeOpened() throws IOException {
        Path set = pictures();
        Files.copy(set.resolve("cats/1.png"), set.resolve("1.png"));
        Terminal called = Terminal.run("data", "inspect", set);
        assertThat(called.exit()).isEqualTo(1);
        assertThat(called.out()).contains("folders below", "cats/");
        assertThat(called.err()).contains("holds two kinds of data");
        Terminal.run("data", "inspect", folder.resolve("gone")).failed(1, "There is no");
    }

    @Test
    void inspectKnowsEmbeddedSets() {
        assertThat(Terminal.run("data", "inspect", "avatars").succeeded().out())
                .contains("an embedded set", "4,000 pictures, RGB", "16×16 (4,000)");
    }

    @Test
    void prepareMakesAFileThatIsData() throws IOException {
        Path packed = folder.resolve("set.inkdata");
        Terminal.run("data", "prepare", pictures(), "--size", 16, "--out", packed)
                .failed(1, "broken.png", "--skip-damaged");
        assertThat(packed).doesNotExist();
        Terminal called = Terminal.run("data", "prepare", pictures(), "--size", 16, "--skip-damaged", "--out", packed)
                .succeeded();
        assertThat(called.lastLine()).isEqualTo(packed.toString());
        assertThat(called.err()).contains("1 picture was left out because it cannot be used.", "6 pictures of 16×16×3");
        assertThat(Terminal.run("data", "inspect", packed).succeeded().out())
                .contains("16×16 (6)", "cats (3), dogs (3)", "prepared from", "its checksum is right");
        byte[] bytes = Files.readAllBytes(packed);
        bytes[bytes.length / 2] ^= 1;
        Files.write(packed, bytes);
        Terminal damaged = Terminal.run("data", "inspect", packed, "--json");
        assertThat(damaged.exit()).isEqualTo(1);
        assertThat(damaged.err()).contains("does not match its checksum");
        assertThat(damaged.json().path("sound").asBoolean()).isFalse();
        assertThat(damaged.json().at("/parts/0/count").asInt()).isEqualTo(6);
    }

    /** CelebA's files: two pictures to train on, one each to watch and to measure with. */
    private Path parts() throws IOException {
        Path set = folder.resolve("parts");
        for (int i = 1; i <= 4; i++) {
            Files.createDirectories(set.resolve("img"));
            PictureFile.write(set.resolve("img/" + i + ".png"), Pixels.filled(16, 16, 0x204060 * i), Map.of());
        }
        Files.writeString(set.resolve("list_attr_celeba.txt"), "4\nHat\n1.png 1\n2.png -1\n3.png 1\n4.png -1\n");
        Files.writeString(set.resolve("list_eval_partition.txt"), "1.png 0\n2.png 1\n3.png 2\n4.png 0\n");
        return set;
    }

    @Test
    void prepareSaysWhichPartsItLeavesOut() throws IOException {
        Path packed = folder.resolve("parts.inkdata");
        assertThat(Terminal.run("data", "prepare", parts(), "--out", packed)
                        .succeeded()
                        .err())
                .contains("2 pictures of 16×16×3", "left out: validation (1 picture), test (1 picture). --part all");
        Terminal again = Terminal.run("data", "prepare", folder.resolve("parts"), "--part", "all", "--out", packed);
        assertThat(again.exit()).isEqualTo(2);
        assertThat(again.err()).contains("parts.inkdata is there already");
        Terminal all = Terminal.run(
                        "data", "prepare", folder.resolve("parts"), "--part", "all", "--out", packed, "--force")
                .succeeded();
        assertThat(all.err()).contains("4 pictures of 16×16×3").doesNotContain("left out");
    }

    @Test
    void wrongWordsAreWrongUsage() throws IOException {
        Path set = pictures();
        Terminal.run("data").failed(2, "inspect, prepare, convert or download");
        Terminal.run("data", "prepare", set).failed(2, "--out");
        Terminal.run("data", "prepare", set, "--out", folder.resolve("x.zip")).failed(2, ".inkdata");
        Terminal.run("data", "inspect", set, "--size", 0).failed(2, "--size must be 1 or more");
        Terminal.run("data", "prepare", set, "--part", "holiday", "--out", folder.resolve("x.inkdata"))
                .failed(2, "'holiday'", "validation");
        Terminal.run("data", "download", "imagenet").failed(2, "imagenet", "fashion-mnist", "celeba");
        Terminal.run("data", "download", "mnist", "--check", folder).failed(2, "--check is for celeba");
    }

    @Test
    void setsThatAreNotFetchedExplainThemselves() throws IOException {
        assertThat(Terminal.run("data", "download", "celeba", "--out", folder)
                        .succeeded()
                        .out())
                .contains("img_align_celeba", "list_attr_celeba.txt", folder.toString());
        Terminal check = Terminal.run("data", "download", "celeba", "--check", folder);
        assertThat(check.exit()).isEqualTo(1);
        assertThat(Terminal.run("data", "download", "emnist", "--out", folder)
                        .succeeded()
                        .out())
                .contains(folder + "/emnist-letters-train-images-idx3-ubyte.gz", "gzip.zip");
        assertThat(check.out()).contains("img_align_celeba is missing", "list_eval_partition.txt is missing");
    }
}
