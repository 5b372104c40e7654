package io.inkstone.data.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.inkstone.data.DataSet;
import io.inkstone.data.SharedData;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Folders with pictures of all kinds: what can be read is read, what cannot is counted. */
class PictureKindsInFoldersTest {
    @TempDir
    Path folder;

    private static int width(DataSet set, int index) {
        return set.train().pixels(index).width();
    }

    @Test
    void everyKindOfOneFolderIsRead() {
        try (DataSet set = DataSource.open(SharedData.situation("webp-mix"))) {
            assertThat(set.train().count()).isEqualTo(15);
            assertThat(IntStream.range(0, 15).map(i -> width(set, i))).containsOnly(16);
            assertThat(set.info().notes()).containsExactly("Left out: 1 file that is no picture (.md 1).");
        }
    }

    @Test
    void aClassOfWebpIsAClass() {
        try (DataSet set = DataSource.open(SharedData.situation("webp-class"))) {
            assertThat(set.info().classes()).containsExactly("png_a", "webp_b", "zed");
        }
    }

    /** Stored 32 × 32, so only the pixels tell: Pillow's exif_transpose turns both by 90°. */
    @Test
    void orientationOfAnyTypeTurns() throws IOException {
        Path place = SharedData.situation("exif-variants");
        for (String name : new String[] {"exif-long.jpg", "rawprofile-exif.png"}) {
            byte[] turned = Files.readAllBytes(place.resolve(name));
            Pixels shown = PictureFile.read(turned, name);
            Pixels stored = PictureFile.read(withoutOrientation(turned), name);
            assertThat(shown.at(31, 4, 0)).as(name).isEqualTo(stored.at(4, 0, 0));
            assertThat(shown.at(31 - 9, 20, 1)).as(name).isEqualTo(stored.at(20, 9, 1));
            assertThat(shown).isNotEqualTo(stored);
        }
    }

    /** The tag's value 6 or its text made unknown; checksums of PNG texts are left out by leaving out the chunk. */
    private static byte[] withoutOrientation(byte[] file) {
        byte[] copy = file.clone();
        if (copy[0] == (byte) 0xFF) {
            copy[6 + indexOf(copy, "Exif") - 6] = 'X';
            return copy;
        }
        int chunk = indexOf(copy, "zTXt") - 4;
        int length = 12 + ((copy[chunk + 2] & 255) << 8 | copy[chunk + 3] & 255);
        byte[] less = new byte[copy.length - length];
        System.arraycopy(copy, 0, less, 0, chunk);
        System.arraycopy(copy, chunk + length, less, chunk, less.length - chunk);
        return less;
    }

    private static int indexOf(byte[] bytes, String word) {
        return new String(bytes, StandardCharsets.ISO_8859_1).indexOf(word);
    }

    @Test
    void whatIsNotReadIsCountedByEnding() throws IOException {
        PictureFile.write(folder.resolve("a/1.png"), Pixels.filled(4, 4, 0x112233));
        PictureFile.write(folder.resolve("b/1.png"), Pixels.filled(4, 4, 0x112233));
        for (String name : new String[] {"a/2.avif", "a/3.AVIF", "b/2.psd", "b/notes.txt", ".hidden.heic"}) {
            Files.writeString(folder.resolve(name), "x");
        }
        try (DataSet set = DataSource.open(folder)) {
            assertThat(set.info().notes())
                    .containsExactly(
                            "Left out, because these kinds are not read: 2 .avif (AVIF), 1 .psd (Photoshop). Convert them to PNG to use them.",
                            "Left out: 1 file that is no picture (.txt 1).");
        }
        Path only = Files.createDirectories(folder.resolve("only"));
        Files.writeString(only.resolve("x.heic"), "x");
        assertThatThrownBy(() -> DataSource.open(only)).hasMessageContaining("1 .heic (HEIC)");
    }

    /** Never question marks for classes: refused with a way out where Java has no locale, and right where it has one. */
    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8"})
    void namesBeyondAsciiAreReadOrRefused(String locale) throws Exception {
        Path place = SharedData.situation("posix-locale");
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        ProcessBuilder builder = new ProcessBuilder(
                        java, "-cp", System.getProperty("java.class.path"), Classes.class.getName(), place.toString())
                .redirectErrorStream(true);
        builder.environment().put("LC_ALL", locale);
        String said = new String(builder.start().getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (locale.equals("C")) {
            assertThat(said)
                    .contains("holds names with letters that this Java cannot read")
                    .contains("LC_ALL=C.UTF-8");
        } else {
            assertThat(said).contains("狗, 猫, 鸟]");
        }
    }

    /** Prints the classes of a folder. */
    static final class Classes {
        public static void main(String[] place) {
            try (DataSet set = DataSource.open(Path.of(place[0]))) {
                System.out.println(set.info().classes());
            }
        }
    }

    /** A set may have its only colours anywhere. */
    @Test
    void oneColouredPictureOfManyMakesTheSetColoured() {
        for (int i = 0; i < 90; i++) {
            PictureFile.write(folder.resolve("%03d.png".formatted(i)), Pixels.filled(4, 4, 0x404040));
        }
        try (DataSet grey = DataSource.open(folder)) {
            assertThat(grey.info().channels()).isEqualTo(1);
        }
        PictureFile.write(folder.resolve("044.png"), Pixels.filled(4, 4, 0x404041));
        try (DataSet coloured = DataSource.open(folder)) {
            assertThat(coloured.info().channels()).isEqualTo(3);
        }
    }

    @Test
    void inspectionSaysWhatACropWouldLose() {
        PictureFile.write(folder.resolve("1.png"), Pixels.filled(30, 10, 0x112233));
        Inspection seen = Inspection.of(folder.toString(), OptionalInt.empty(), done -> {});
        assertThat(seen.parts().get(0).info().notes())
                .hasSize(1)
                .first()
                .asString()
                .contains("1 of 1 pictures are not square", "67%");
        Inspection cropped = Inspection.of(folder.toString(), OptionalInt.of(10), done -> {});
        assertThat(cropped.parts().get(0).info().notes()).isEmpty();
    }
}
