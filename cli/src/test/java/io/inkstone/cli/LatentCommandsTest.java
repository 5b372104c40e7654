package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
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

    @Test
    void describesTheNetworkOfTheCodes() {
        assertThat(Terminal.run("describe", latent).succeeded().out()).contains("stem.weight", "[8, 4, 3, 3]");
    }

    @Test
    void saysWhatIsMissing() {
        Terminal.run("train", "faces-latent-diffusion", "--data", data, "--out", folder.resolve("none"))
                .failed(1, "--first-stage RUN");
        Terminal.run("train", "sprites", "--first-stage", stage, "--out", folder.resolve("none"))
                .failed(2, "leave out --first-stage");
        Terminal.run("encode", latent, "--images", data, "--out", folder.resolve("none.npy"))
                .failed(1, "has no encoder");
        Terminal.run("edit", latent, "--images", data, "--strength", 0.5, "--out", folder.resolve("none.png"))
                .failed(1, "removes noise from codes");
        Terminal.run("sample", latent, "--clamp", "--out", folder.resolve("none.png"))
                .failed(1, "--clamp");
        assertThat(folder.resolve("none")).doesNotExist();
    }
}
