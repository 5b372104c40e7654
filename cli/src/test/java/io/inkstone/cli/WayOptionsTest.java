package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.image.PngText;
import io.inkstone.models.draw.Interpolation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command that draws goes from noise to pictures by the same options, and from pictures to noise by the same way. */
class WayOptionsTest {
    private static final Map<String, String> FIELDS =
            Map.of("--guidance-rescale", "guidanceRescale", "--guidance-interval", "guidanceInterval");

    @TempDir
    static Path folder;

    private static Path run;
    private static Path face;

    @BeforeAll
    static void train() throws IOException {
        run = TinyRuns.sprites(folder, TinyRuns.data(folder));
        face = TinyRuns.face(folder);
        PictureFile.write(folder.resolve("white.png"), Pixels.filled(16, 16, 0xFFFFFF));
    }

    /** Every option of drawing changes the pictures, and is kept beside what was taken for those that were not said. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "--guidance 4",
                "--guidance 4 --guidance-rescale 1",
                "--guidance 4 --guidance-interval 0.3:5",
                "--guidance 4 --negative bright",
                "--sampler heun",
                "--grid quadratic --steps 5",
                "--steps 5",
                "--eta 1",
                "--clamp",
                "--threshold 0.5"
            })
    void drawsAsSampleDoes(String said) throws IOException {
        Path plain = folder.resolve("plain.npy");
        Path like = folder.resolve("like.npy");
        Path sampled = folder.resolve("sampled.npy");
        Path sheet = folder.resolve("like.png");
        String edit = "edit %s --images %s --strength 1 --labels dark --seed 4 --precision float32 --out "
                .formatted(run, face);
        run(edit + plain);
        run(edit + like + " " + said);
        run("sample %s --labels dark --seed 4 --count 1 --precision float32 --out %s %s".formatted(run, sampled, said));
        assertThat(like).hasSameBinaryContentAs(sampled);
        assertThat(Npy.read(like)).isNotEqualTo(Npy.read(plain));
        run("interpolate %s --to dark --labels dark --seed 4 --count 2 --precision float32 --out %s %s"
                .formatted(run, like, said));
        assertThat(Npy.read(like).rows(0, 1).toFloats())
                .containsExactly(Npy.read(sampled).toFloats(), within(1e-4f));
        run("inpaint %s --images %s --mask %s --labels dark --rounds 1 --out %s %s"
                .formatted(run, face, folder.resolve("white.png"), sheet, said));
        Stream.of(said.split(" ")).filter(word -> word.startsWith("--")).forEach(option -> assertThat(
                        PngText.read(sheet).get("inkstone.edit"))
                .contains("\"%s\":".formatted(FIELDS.getOrDefault(option, option.substring(2)))));
        assertThat(PngText.read(sheet).get("inkstone.edit"))
                .contains(said.contains("heun") ? "\"sampler\":\"heun\"" : "\"sampler\":\"ddim\"", "\"steps\":");
    }

    private static void run(String line) {
        Terminal.run((Object[]) line.split(" ")).succeeded();
    }

    /** Picture → noise → picture, and half way to another along the great circle between their noises. */
    @Test
    void aPicturesNoiseDrawsItAgain() throws IOException {
        Path noise = folder.resolve("noise.npy");
        Path back = folder.resolve("again.npy");
        Path soft = folder.resolve("soft.png");
        PictureFile.write(soft, Pixels.filled(16, 16, 0x9080A0));
        String said = "--labels dark --steps 10";
        String exactly = " --precision float32 --out ";
        Terminal encoded = Terminal.run((Object[])
                        ("encode %s --images %s %s %s".formatted(run, soft, face, said) + exactly + noise).split(" "))
                .succeeded();
        assertThat(Npy.read(noise).shape()).containsExactly(2, 3, 16, 16);
        String line = "sample %s --noise %s %s".formatted(run, noise, said);
        assertThat(encoded.err()).contains("Draw from it: inkstone " + line + " --precision float32\n");
        run(line + " --sampler ddim" + exactly + back);
        run("edit %s --images %s %s --strength 0 --out %s".formatted(run, soft, face, folder.resolve("given.npy")));
        float[] given = Npy.read(folder.resolve("given.npy")).toFloats();
        assertThat(Npy.read(back).toFloats()).containsExactly(given, within(0.02f));
        Path way = folder.resolve("between.npy");
        run("interpolate %s --images %s %s %s --count 3".formatted(run, soft, face, said) + exactly + way);
        NdArray three = Npy.read(way);
        assertThat(three.rows(0, 1).toFloats())
                .containsExactly(Npy.read(back).rows(0, 1).toFloats(), within(1e-3f));
        assertThat(three.rows(2, 1).toFloats())
                .containsExactly(Npy.read(back).rows(1, 1).toFloats(), within(1e-3f));
        Path middle = folder.resolve("middle.npy");
        NdArray ends = Npy.read(noise);
        Npy.write(middle, Interpolation.SPHERICAL.at(ends.rows(0, 1), ends.rows(1, 1), 0.5));
        run("sample %s --noise %s %s".formatted(run, middle, said) + exactly + back);
        assertThat(three.rows(1, 1).toFloats()).containsExactly(Npy.read(back).toFloats(), within(1e-3f));
        assertThat(Terminal.run("encode", run, "--images", soft, "--out", noise)
                        .succeeded()
                        .err())
                .contains("--context none");
    }

    /** The line that encode says works as it stands, with all that must be alike and in any shell. */
    @Test
    void theLineThatIsSaidDrawsThePictureAgain() throws IOException {
        Path soft = folder.resolve("grey.png");
        PictureFile.write(soft, Pixels.filled(16, 16, 0x9080A0));
        Path back = folder.resolve("drawn again.npy");
        String said = Terminal.run(
                        "encode",
                        run,
                        "--images",
                        soft,
                        "--labels",
                        " dark",
                        "--guidance",
                        1.5,
                        "--negative",
                        "bright=0.5, dark=0.1",
                        "--no-clamp",
                        "--steps",
                        10,
                        "--weights",
                        "raw",
                        "--precision",
                        "float32",
                        "--out",
                        folder.resolve("the noise.npy"))
                .succeeded()
                .err();
        assertThat(said)
                .contains("--labels ' dark' --guidance 1.5 --negative 'bright=0.5, dark=0.1' --steps 10 --no-clamp"
                        + " --weights raw --precision float32");
        List<Object> words = new ArrayList<>();
        Matcher word = Pattern.compile("'([^']*)'|(\\S+)").matcher(said.substring(said.indexOf("sample ")));
        while (word.find()) {
            words.add(word.group(1) == null ? word.group(2) : word.group(1));
        }
        words.addAll(List.of("--out", back));
        Terminal.run(words.toArray()).succeeded();
        float[] flat = new float[3 * 16 * 16];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = new int[] {0x90, 0x80, 0xA0}[i / 256] / 127.5f - 1;
        }
        assertThat(Npy.read(back).toFloats()).containsExactly(flat, within(0.05f));
    }

    /** Of two classes the first is that of the one end and the second that of the other, on every way. */
    @ParameterizedTest
    @ValueSource(strings = {"--images FACE GREY --steps 10", "--seeds 4 7"})
    void twoClassesAreThoseOfTheEnds(String ends) throws IOException {
        PictureFile.write(folder.resolve("grey.png"), Pixels.filled(16, 16, 0x9080A0));
        NdArray dark = way(ends, "dark");
        NdArray both = way(ends, "dark,bright");
        assertThat(both.rows(0, 1)).isEqualTo(dark.rows(0, 1));
        assertThat(both.rows(1, 1)).isNotEqualTo(dark.rows(1, 1));
        // A class a picture says the same of the ends, and another of the middle.
        NdArray each = way(ends, "dark,dark,bright");
        assertThat(each.rows(2, 1)).isEqualTo(both.rows(2, 1)).isNotEqualTo(dark.rows(2, 1));
        assertThat(each.rows(1, 1)).isNotEqualTo(both.rows(1, 1));
    }

    private static NdArray way(String ends, String labels) throws IOException {
        Path out = folder.resolve("ends.npy");
        run("interpolate %s %s --labels %s --precision float32 --count 3 --out %s"
                .formatted(run, ends, labels, out)
                .replace("FACE", face.toString())
                .replace("GREY", folder.resolve("grey.png").toString()));
        return Npy.read(out);
    }

    /** Fresh noise is the same all along a way, so that near pictures are alike. */
    @Test
    void aWayDrawsTheSameFreshNoise() throws IOException {
        Path out = folder.resolve("same.npy");
        run("interpolate %s --seeds 1 1 --sampler ddpm --count 2 --out %s".formatted(run, out));
        NdArray two = Npy.read(out);
        assertThat(two.rows(1, 1).toFloats()).containsExactly(two.rows(0, 1).toFloats(), within(1e-4f));
    }
}
