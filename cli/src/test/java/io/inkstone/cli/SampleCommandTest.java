package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.image.PngText;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code sample} as users and scripts call it, on tiny networks. */
class SampleCommandTest {
    @TempDir
    static Path folder;

    private static Path sprites;

    @BeforeAll
    static void train() throws IOException {
        Path data = TinyRuns.data(folder);
        sprites = TinyRuns.sprites(folder, data);
    }

    @Test
    void samplesRawArraysThatRepeat() throws IOException {
        Path one = folder.resolve("one.npy");
        Path two = folder.resolve("two.npy");
        for (Path out : new Path[] {one, two}) {
            Terminal sampled =
                    Terminal.run("sample", sprites, "--labels", "dark,1", "--seed", 3, "--steps", 4, "--out", out);
            assertThat(sampled.exit()).as(sampled.err()).isZero();
        }
        assertThat(Npy.read(one).shape()).containsExactly(2, 3, 16, 16);
        assertThat(one).hasSameBinaryContentAs(two);
    }

    @Test
    void samplesLikeAPicture() throws IOException {
        Path first = folder.resolve("first.png");
        Path again = folder.resolve("again.png");
        Path other = folder.resolve("other.png");
        Terminal.run(
                "sample", sprites, "--context", "dark=0.7,bright=0.3", "--count", 3, "--guidance", 2, "--out", first);
        assertThat(Terminal.run("sample", "--like", first, "--out", again).exit())
                .isZero();
        assertThat(Terminal.run("sample", "--like", first, "--seed", 9, "--out", other)
                        .exit())
                .isZero();
        assertThat(PictureFile.read(again)).isEqualTo(PictureFile.read(first));
        assertThat(PictureFile.read(other)).isNotEqualTo(PictureFile.read(first));
    }

    @Test
    void keepsEveryWishOfASamplerInThePicture() throws IOException {
        Path first = folder.resolve("wish.png");
        Path again = folder.resolve("wish-again.png");
        Path plain = folder.resolve("wish-plain.png");
        Terminal.run(
                        "sample",
                        sprites,
                        "--labels",
                        "dark,bright",
                        "--sampler",
                        "dpmpp-2m-sde",
                        "--grid",
                        "karras",
                        "--steps",
                        5,
                        "--guidance",
                        3,
                        "--guidance-rescale",
                        0.7,
                        "--guidance-interval",
                        "0.05:9",
                        "--negative",
                        "bright=0.5",
                        "--threshold",
                        0.9,
                        "--out",
                        first)
                .succeeded();
        assertThat(PngText.read(first).get("inkstone.sample"))
                .contains(
                        "\"sampler\":\"dpmpp-2m-sde\"",
                        "\"grid\":\"karras\"",
                        "\"guidanceRescale\":0.7",
                        "\"guidanceInterval\":\"0.05:9\"",
                        "\"negative\":\"bright=0.5\"",
                        "\"threshold\":0.9");
        Terminal.run("sample", "--like", first, "--out", again).succeeded();
        assertThat(PictureFile.read(again)).isEqualTo(PictureFile.read(first));
        // The other way to hold a picture takes the place of the first.
        Terminal.run("sample", "--like", first, "--clamp", "--negative", "none", "--out", plain)
                .succeeded();
        assertThat(PngText.read(plain).get("inkstone.sample"))
                .contains("\"clamp\":true")
                .doesNotContain("threshold");
    }

    /** A start from a file gives way to a seed; files are named so that they are found from any folder. */
    @Test
    void aNewSeedTakesThePlaceOfNoise() throws IOException {
        Path noise = folder.resolve("start.npy");
        Npy.write(noise, NdArray.of(new float[2 * 3 * 16 * 16], 2, 3, 16, 16));
        Path first = folder.resolve("started.png");
        Path other = folder.resolve("seeded.png");
        Path again = folder.resolve("restarted.png");
        Terminal.run(
                        "sample",
                        sprites,
                        "--context",
                        "none",
                        "--noise",
                        Path.of("").toAbsolutePath().relativize(noise),
                        "--out",
                        first)
                .succeeded();
        assertThat(PngText.read(first).get("inkstone.sample")).contains("\"noise\":\"" + noise + "\"");
        Terminal.run("sample", "--like", first, "--out", again).succeeded();
        assertThat(PictureFile.read(again)).isEqualTo(PictureFile.read(first));
        Terminal.run("sample", "--like", first, "--seed", 9, "--count", 2, "--out", other)
                .succeeded();
        assertThat(PngText.read(other).get("inkstone.sample")).doesNotContain("start.npy");
        assertThat(PictureFile.read(other)).isNotEqualTo(PictureFile.read(first));
        Terminal.run("sample", "--like", other, "--noise", noise, "--out", again)
                .succeeded();
        assertThat(PictureFile.read(again)).isEqualTo(PictureFile.read(first));
        Terminal.run("sample", sprites, "--noise", noise, "--count", 3).failed(2, "start.npy holds 2");
    }

    @Test
    void trainsAlongAnotherPath() {
        Path run = folder.resolve("flow");
        TinyRuns.train(
                "sprites",
                folder.resolve("data"),
                run,
                "model.width=8",
                "train.batch=20",
                "diffusion.path=flow",
                "diffusion.target=flow",
                "diffusion.levels=logit-normal",
                "preview.sampler=unipc",
                "preview.grid=quadratic",
                "preview.count=2",
                "preview.steps=3");
        Terminal.run("sample", run, "--sampler", "heun", "--steps", 3, "--out", folder.resolve("flow.png"))
                .succeeded();
        Terminal.run("sample", run, "--grid", "karras", "--out", folder.resolve("no.png"))
                .failed(1, "choose another grid, such as uniform (--grid).");
    }

    @Test
    void drawsGridsFilmsAndAnimations() throws IOException {
        Path frames = folder.resolve("frames.npy");
        Terminal sampled = Terminal.run(
                "sample",
                sprites,
                "--sampler",
                "ddpm",
                "--count",
                4,
                "--frames",
                frames,
                "--out",
                folder.resolve("g.png"));
        assertThat(sampled.exit()).as(sampled.err()).isZero();
        // T = 10: index 10 and then every index below 8.
        assertThat(Npy.read(frames).shape()).containsExactly(8, 4, 3, 16, 16);
        for (String file : new String[] {"film.png", "film.gif"}) {
            Terminal.run("sample", sprites, "--frames", folder.resolve(file), "--out", folder.resolve("g.gif"));
            assertThat(folder.resolve(file)).isNotEmptyFile();
        }
        // A single step is a way as well.
        Terminal.run(
                        "sample",
                        sprites,
                        "--count",
                        2,
                        "--labels",
                        "dark",
                        "--steps",
                        1,
                        "--frames",
                        frames,
                        "--out",
                        folder.resolve("g.png"))
                .succeeded();
        assertThat(Npy.read(frames).shape()).endsWith(2, 3, 16, 16);
    }

    @Test
    void aSinglePictureIsWrittenAsItIs() {
        Path out = folder.resolve("single.png");
        Terminal.run("sample", sprites, "--labels", "dark", "--out", out);
        Pixels picture = PictureFile.read(out);
        assertThat(picture.width()).isEqualTo(16);
    }

    /** The same training; what is drawn on the way, and by {@code compare}, keeps closer to its class. */
    @Test
    void aRecipeMayGuideItsPreviews() throws IOException {
        Path guided = folder.resolve("guided");
        TinyRuns.train(
                "sprites",
                folder.resolve("data"),
                guided,
                "model.width=8",
                "train.batch=20",
                "diffusion.steps=10",
                "preview.count=2",
                "preview.steps=2",
                "preview.guidance=100");
        assertThat(PictureFile.read(guided.resolve("samples/final.png")))
                .isNotEqualTo(PictureFile.read(sprites.resolve("samples/final.png")));
        Terminal compared = Terminal.run("compare", sprites, guided, "--out", folder.resolve("compared"))
                .succeeded();
        assertThat(compared.out()).contains("ddim, 2 steps, grid uniform, guidance 100");
    }
}
