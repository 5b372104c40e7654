package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two stages at the keyboard: a tiny autoencoder, then the diffusion of its codes. */
class LatentCommandsTest {
    @TempDir
    static Path folder;

    private static Path data;
    private static Path stage;
    private static Path latent;

    @BeforeAll
    static void trainBoth() throws IOException {
        byte[] pixels = new byte[24 * 8 * 8 * 3];
        new SplittableRandom(3).nextBytes(pixels);
        data = folder.resolve("pictures.npy");
        Npy.write(data, NdArray.of(pixels, 24, 8, 8, 3));
        stage = folder.resolve("stage");
        trained(
                "faces-autoencoder",
                stage,
                "data.size=8",
                "model.width=8",
                "model.groups=4",
                "model.multipliers=[1,1]",
                "train.epochs=1");
        latent = folder.resolve("latent");
        trained(
                "faces-latent-diffusion",
                latent,
                "--first-stage",
                stage,
                "model.width=8",
                "model.blocks=1",
                "train.epochs=1",
                "preview.count=2",
                "preview.steps=2");
    }

    /** Words with an equals sign are keys to set. */
    private static void trained(String recipe, Path out, Object... more) {
        List<Object> words = new ArrayList<>(List.of("train", recipe, "--data", data, "--out", out));
        for (Object word : more) {
            if (word.toString().contains("=")) {
                words.add("--set");
            }
            words.add(word);
        }
        assertThat(Terminal.run(words.toArray()).succeeded().lastLine()).isEqualTo(out.toString());
    }

    @Test
    void drawsAndFilmsDecodedPictures() throws IOException {
        Path out = folder.resolve("drawn.npy");
        Path film = folder.resolve("film.npy");
        Terminal.run("sample", latent, "--count", 3, "--steps", 2, "--frames", film, "--out", out)
                .succeeded();
        assertThat(Npy.read(out).shape()).containsExactly(3, 3, 8, 8);
        assertThat(Npy.read(film).shape()).hasSize(5).endsWith(3, 3, 8, 8);
        Path way = folder.resolve("way.npy");
        Terminal.run("interpolate", latent, "--seeds", 1, 2, "--count", 3, "--out", way)
                .succeeded();
        assertThat(Npy.read(way).shape()).containsExactly(3, 3, 8, 8);
    }

    @Test
    void theCopyOfTheFirstStageIsARunForOtherCommands() throws IOException {
        Path codes = folder.resolve("codes.npy");
        Npy.write(codes, NdArray.of(new float[2 * 4 * 4 * 4], 2, 4, 4, 4));
        Path pictures = folder.resolve("decoded.npy");
        Terminal.run("decode", latent.resolve("first-stage"), "--latents", codes, "--out", pictures)
                .succeeded();
        assertThat(Npy.read(pictures).shape()).containsExactly(2, 3, 8, 8);
    }

    /** Everything that changes pictures goes through the codes, and comes out as pictures. */
    @Test
    void changesPictures() throws IOException {
        Path one = picture("one.png");
        Path two = picture("two.png");
        Path out = folder.resolve("changed.npy");
        for (String line : new String[] {
            "edit LATENT --images ONE TWO --strength 0.5 --steps 4",
            "inpaint LATENT --images ONE TWO --mask ONE --rounds 1 --steps 4",
            "variations LATENT --images ONE --count 2 --invert --steps 4",
            "interpolate LATENT --images ONE TWO --count 2 --steps 4"
        }) {
            String[] words = line.replace("LATENT", latent.toString())
                    .replace("ONE", one.toString())
                    .replace("TWO", two.toString())
                    .split(" ");
            List<Object> all = new ArrayList<>(List.of(words));
            all.addAll(List.of("--out", out));
            Terminal.run(all.toArray()).succeeded();
            assertThat(Npy.read(out).shape()).as(line).containsExactly(2, 3, 8, 8);
        }
        Path noise = folder.resolve("noise.npy");
        assertThat(Terminal.run("encode", latent, "--images", one, "--steps", 4, "--out", noise)
                        .succeeded()
                        .err())
                .contains("inkstone sample %s --noise %s --steps 4".formatted(latent, noise))
                .doesNotContain("--context");
        assertThat(Npy.read(noise).shape()).containsExactly(1, 4, 4, 4);
    }

    /** 8×8, its upper half bright. */
    private static Path picture(String name) {
        byte[] values = new byte[8 * 8 * 3];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (i < values.length / 2 ? 200 + i % 7 * name.length() : i % 50);
        }
        Path file = folder.resolve(name);
        PictureFile.write(file, new Pixels(8, 8, 3, values));
        return file;
    }

    @Test
    void describesTheNetworkOfTheCodes() {
        assertThat(Terminal.run("describe", latent).succeeded().out()).contains("stem.weight", "[8, 4, 3, 3]");
    }

    @Test
    void saysWhatIsMissing() {
        Terminal.run("train", "faces-latent-diffusion", "--data", data, "--out", folder.resolve("none"))
                .failed(1, "--first-stage RUN");
        Terminal.run("train", "sprites", "--first-stage", stage, "--out", folder.resolve("none"))
                .failed(2, "leave it out (--first-stage)");
        Path picture = picture("clamped.png");
        Terminal.run(
                        "edit",
                        latent,
                        "--images",
                        picture,
                        "--strength",
                        0.5,
                        "--clamp",
                        "--out",
                        folder.resolve("none.png"))
                .failed(1, "codes have none: leave them out");
        Terminal.run("sample", latent, "--clamp", "--out", folder.resolve("none.png"))
                .failed(1, "--clamp");
        assertThat(folder.resolve("none")).doesNotExist();
    }
}
