package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.image.PngText;
import io.inkstone.weights.Safetensors;
import io.inkstone.weights.WeightSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The commands as users and scripts call them, on data and networks that are tiny. */
class CommandsTest {
    @TempDir
    static Path folder;

    private static Path sprites;
    private static Path faces;

    @BeforeAll
    static void train() throws IOException {
        Path data = data();
        sprites = folder.resolve("sprites");
        Terminal trained = Terminal.run(
                "train",
                "sprites",
                "--data",
                data,
                "--out",
                sprites,
                "--set",
                "model.width=8",
                "--set",
                "train.epochs=1",
                "--set",
                "train.batch=20",
                "--set",
                "diffusion.steps=10",
                "--set",
                "preview.count=2",
                "--set",
                "preview.steps=2");
        assertThat(trained.err()).contains("pictures/s");
        assertThat(trained.exit()).as(trained.err()).isZero();
        assertThat(trained.lastLine()).isEqualTo(sprites.toString());
        assertThat(trained.out())
                .contains("final.png")
                .contains("film.png")
                .contains("animation.gif")
                .contains("curves.png");
        faces = folder.resolve("faces");
        Terminal vae = Terminal.run(
                "train",
                "faces-vae",
                "--data",
                data,
                "--out",
                faces,
                "--set",
                "train.epochs=1",
                "--set",
                "data.size=16",
                "--set",
                "data.crop=0",
                "--set",
                "model.channels=[8,8]",
                "--set",
                "model.latent=6",
                "--set",
                "preview.count=2");
        assertThat(vae.exit()).as(vae.err()).isZero();
    }

    /** 60 pictures of 16×16 in two classes. */
    private static Path data() throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        byte[] pixels = new byte[60 * 16 * 16 * 3];
        float[] labels = new float[60 * 2];
        for (int i = 0; i < 60; i++) {
            labels[2 * i + i % 2] = 1;
            for (int j = 0; j < 768; j++) {
                pixels[768 * i + j] = (byte) (i % 2 * 150 + random.nextInt(60));
            }
        }
        Path data = Files.createDirectory(folder.resolve("data"));
        Npy.write(data.resolve("pictures.npy"), NdArray.of(pixels, 60, 16, 16, 3));
        Npy.write(data.resolve("labels.npy"), NdArray.of(labels, 60, 2));
        Files.writeString(data.resolve("classes.txt"), "dark\nbright\n");
        return data;
    }

    @Test
    void helpNamesTheCommands() {
        assertThat(Terminal.run("--help").out())
                .contains("train", "resume", "sample", "describe", "recipes", "devices");
        assertThat(Terminal.run("train", "--help").out()).contains("--dry-run").contains("inkstone train sprites");
        assertThat(Terminal.run("sample", "--help").out()).contains("dpmpp-2m-sde", "trailing", "--latents");
        assertThat(Terminal.run("evaluate", "--help").out())
                .contains("--guidance-rescale", "--context")
                .doesNotContain("--latents", "--labels");
    }

    @Test
    void describePrintsThePublishedShapes() {
        String out =
                Terminal.run("describe", "sprites", "--input", "32x3x28x28").out();
        assertThat(out)
                .contains("2,021,699")
                .containsSubsequence(
                        "init_conv      [32, 3, 28, 28] -> [32, 64, 28, 28]",
                        "to_vec         [32, 128, 7, 7] -> [32, 128, 1, 1]",
                        "contextembed1  [32, 5] -> [32, 128]",
                        "timeembed1     [1, 1, 1, 1] -> [1, 128]",
                        "up1            [32, 128, 7, 7] -> [32, 64, 14, 14]",
                        "out            [32, 128, 28, 28] -> [32, 3, 28, 28]");
        assertThat(Terminal.run("describe", sprites).out()).contains("total");
    }

    @Test
    void dryRunPrintsAndStops() {
        Terminal dry = Terminal.run("train", "sprites", "--dry-run", "--set", "train.epochs=2");
        assertThat(dry.exit()).isZero();
        assertThat(dry.out())
                .contains("epochs: 2")
                .contains("1,481,027 parameters")
                .contains("MB of memory");
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
        Terminal.run(
                        "train",
                        "sprites",
                        "--data",
                        folder.resolve("data"),
                        "--out",
                        run,
                        "--set",
                        "model.width=8",
                        "--set",
                        "train.epochs=1",
                        "--set",
                        "train.batch=20",
                        "--set",
                        "diffusion.path=flow",
                        "--set",
                        "diffusion.target=flow",
                        "--set",
                        "diffusion.levels=logit-normal",
                        "--set",
                        "preview.sampler=unipc",
                        "--set",
                        "preview.grid=quadratic",
                        "--set",
                        "preview.count=2",
                        "--set",
                        "preview.steps=3")
                .succeeded();
        Terminal.run("sample", run, "--sampler", "heun", "--steps", 3, "--out", folder.resolve("flow.png"))
                .succeeded();
        Terminal.run("sample", run, "--grid", "karras", "--out", folder.resolve("no.png"))
                .failed(1, "choose another grid (--grid uniform)");
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

    @Test
    void goesThroughCodesAndBack() throws IOException {
        Path pictures = folder.resolve("x.npy");
        Npy.write(pictures, NdArray.of(new float[2 * 3 * 16 * 16], 2, 3, 16, 16));
        Path moments = folder.resolve("h.npy");
        Path codes = folder.resolve("z.npy");
        Path decoded = folder.resolve("y.npy");
        Path reconstructed = folder.resolve("r.npy");
        assertThat(Terminal.run("encode", faces, "--images", pictures, "--moments", "--out", moments)
                        .exit())
                .isZero();
        assertThat(Terminal.run("encode", faces, "--images", pictures, "--out", codes)
                        .exit())
                .isZero();
        assertThat(Terminal.run("decode", faces, "--latents", codes, "--out", decoded)
                        .exit())
                .isZero();
        assertThat(Terminal.run("reconstruct", faces, "--images", pictures, "--out", reconstructed)
                        .exit())
                .isZero();
        assertThat(Npy.read(moments).shape()).containsExactly(2, 12);
        assertThat(Npy.read(codes).shape()).containsExactly(2, 6);
        assertThat(decoded).hasSameBinaryContentAs(reconstructed);
        Path scaled = folder.resolve("zs.npy");
        Path back = folder.resolve("ys.npy");
        assertThat(Terminal.run("encode", faces, "--images", pictures, "--scaled", "--out", scaled)
                        .exit())
                .isZero();
        assertThat(Terminal.run("decode", faces, "--latents", scaled, "--scaled", "--out", back)
                        .exit())
                .isZero();
        assertThat(Npy.read(back).shape()).containsExactly(2, 3, 16, 16);
    }

    @Test
    void wandersThroughCodes() throws IOException {
        for (String[] words : new String[][] {
            {"interpolate", "--seeds", "1", "2", "--spherical"},
            {"walk", "--dimension", "3"},
        }) {
            Path out = folder.resolve(words[0] + ".npy");
            Object[] line = new Object[words.length + 5];
            line[0] = words[0];
            line[1] = faces;
            System.arraycopy(words, 1, line, 2, words.length - 1);
            line[words.length + 1] = "--count";
            line[words.length + 2] = 5;
            line[words.length + 3] = "--out";
            line[words.length + 4] = out;
            Terminal done = Terminal.run(line);
            assertThat(done.exit()).as(done.err()).isZero();
            assertThat(Npy.read(out).shape()).containsExactly(5, 3, 16, 16);
        }
        Path noise = folder.resolve("noise.npy");
        assertThat(Terminal.run("interpolate", sprites, "--seeds", 1, 2, "--spherical", "--count", 3, "--out", noise)
                        .exit())
                .isZero();
        assertThat(Npy.read(noise).shape()).containsExactly(3, 3, 16, 16);
    }

    @Test
    void addsAttributes() {
        Path picture = folder.resolve("face.png");
        PictureFile.write(picture, Pixels.filled(16, 16, 0x808080));
        Path out = folder.resolve("edit.png");
        Terminal edited = Terminal.run("edit", faces, "--images", picture, "--add", "bright=1.5", "--out", out);
        assertThat(edited.exit()).as(edited.err()).isZero();
        Terminal unknown = Terminal.run("edit", faces, "--images", picture, "--add", "brigth=1", "--out", out);
        assertThat(unknown.err()).contains("There is no attribute 'brigth'. Did you mean bright?");
    }

    /** Captions that nobody can read as ids, and pictures that cannot be read, are not passed over in silence. */
    @Test
    void encodesMomentsAndSaysWhatIsLeftOut() throws IOException {
        Path captioned = Files.createDirectory(folder.resolve("captioned"));
        for (String name : new String[] {"a.png", "b.png"}) {
            PictureFile.write(captioned.resolve(name), Pixels.filled(16, 16, 0x808080));
        }
        Files.writeString(captioned.resolve("c.png"), "no picture");
        Files.writeString(
                captioned.resolve("metadata.jsonl"),
                """
                {"file_name": "a.png", "text": "one"}
                {"file_name": "b.png", "text": "two"}
                {"file_name": "c.png", "text": "three"}
                """);
        Path out = folder.resolve("moments.safetensors");
        Terminal.run("encode", faces, "--data", captioned, "--out", out).failed(1, "c.png");
        Terminal encoded = Terminal.run(
                        "encode", faces, "--data", captioned, "--skip-damaged", "--moments", "--out", out)
                .succeeded();
        assertThat(encoded.err())
                .contains("1 pictures were left out", "captioned are left out: caption ids need a CLIP vocabulary");
        assertThat(Safetensors.read(out).tensors().get("moments").shape()).containsExactly(2, 12);
    }

    /** Chunk by chunk into one file what --images would encode at once. */
    @Test
    void encodesAWholeSet() throws IOException {
        Path set = folder.resolve("set.safetensors");
        Path data = folder.resolve("data");
        assertThat(Terminal.run("encode", faces, "--data", data, "--out", set).exit())
                .isZero();
        WeightSet written = Safetensors.read(set);
        assertThat(written.tensors()).containsOnlyKeys("context", "latents");
        assertThat(written.tensors().get("context").shape()).containsExactly(60, 2);
        byte[] pixels = new byte[60 * 768];
        Npy.read(data.resolve("pictures.npy")).data().get(pixels);
        float[] chw = new float[60 * 768];
        for (int i = 0; i < chw.length; i++) {
            int inPicture = i % 768;
            chw[i / 768 * 768 + inPicture % 3 * 256 + inPicture / 3] = (pixels[i] & 255) / 255f;
        }
        Path pictures = folder.resolve("all.npy");
        Path codes = folder.resolve("all-codes.npy");
        Npy.write(pictures, NdArray.of(chw, 60, 3, 16, 16));
        Terminal.run("encode", faces, "--images", pictures, "--out", codes).succeeded();
        assertThat(written.tensors().get("latents").toFloats())
                .containsExactly(Npy.read(codes).toFloats(), within(1e-4f));
    }

    @Test
    void resultsCanBeJson() {
        assertThat(Terminal.run("recipes", "--json").json().has("sprites")).isTrue();
        assertThat(Terminal.run("devices", "--json").out()).contains("\"cpu\"");
        assertThat(Terminal.run("describe", sprites, "--json")
                        .json()
                        .path("total")
                        .asLong())
                .isPositive();
        Path drawn = folder.resolve("json.png");
        assertThat(Terminal.run("sample", sprites, "--count", 1, "--out", drawn, "--json")
                        .json()
                        .path("file")
                        .asText())
                .isEqualTo(drawn.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "train sprits",
                "train sprites --set model.widht=8",
                "train sprites --set train.epochs=0",
                "train",
                "train sprites --nonsense",
                "sample",
                "interpolate RUN",
                "describe RUN --input",
                "describe sprites --set model.widht=8",
                "sample RUN --weights best",
                "sample RUN --precision half",
                "sample RUN --count 0",
                "sample RUN --batch 0",
                "encode RUN --images a.png --precision half --out z.npy",
                "decode RUN --latents z.npy --weights best",
                "reconstruct RUN --images a.png --device abacus",
                "compare RUN --weights best",
                "compare RUN --precision half",
                "export RUN --weights best --out w.safetensors",
                "export RUN --layout keras --out w.safetensors",
                "import w.safetensors --recipe sprites --missing-shortcut one --out new",
                "interpolate RUN --seeds 1 2 --count 1",
                "walk RUN --dimension 0 --count 1",
                "resume RUN --set train.epochs",
                "resume RUN --set model.width=9",
                "data prepare x --part all --out x.inkdata",
                "data inspect x --size 0",
            })
    void wrongUsageExitsWithTwo(String words) {
        Terminal wrong =
                Terminal.run((Object[]) words.replace("RUN", sprites.toString()).split(" "));
        assertThat(wrong.exit()).as(wrong.err()).isEqualTo(2);
        assertThat(wrong.err()).startsWith("inkstone: ").doesNotContain("\tat ");
    }

    /** What cannot be understood is wrong usage; what this run or data cannot do has failed. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "1 train sprites --data FOLDER/none --out FOLDER/new",
                "1 train sprites --data FOLDER/data/classes.txt --out FOLDER/new",
                "1 train sprites --out RUN",
                "1 train sprites --out FOLDER/data --continue",
                "1 train sprites --data FOLDER/data --set data.size=30 --out FOLDER/new",
                "1 resume FOLDER/none",
                "1 resume FOLDER/data",
                "1 sample FOLDER/none",
                "1 sample RUN --steps 11",
                "2 sample RUN --sampler eular",
                "1 sample RUN --labels hat",
                "2 sample RUN --out FOLDER/picture.bmp",
                "2 sample RUN --frames FOLDER/picture.bmp",
                "1 sample RUN --noise FOLDER/data/classes.txt",
                "2 sample RUN --noise a.npy --latents b.npy",
                "1 sample RUN --eta 2",
                "1 sample RUN --eta 0.5 --sampler heun",
                "2 sample RUN --grid karas",
                "2 sample RUN --guidance-interval 3",
                "2 sample RUN --guidance 2 --guidance-interval 5:3",
                "2 sample RUN --guidance 2 --guidance-rescale 2",
                "2 sample RUN --guidance-rescale 0.5",
                "1 sample RUN --negative dark",
                "1 sample RUN --guidance 2 --negative hat",
                "1 sample RUN --threshold 2",
                "2 sample RUN --clamp --threshold 0.9",
                "1 sample FACES --grid karras",
                "1 sample FACES --negative dark",
                "1 sample FACES --frames FOLDER/film.png",
                "2 train sprites --data FOLDER/data --set diffusion.path=flow --out FOLDER/new",
                "2 train sprites --data FOLDER/data --set diffusion.path=edm --set diffusion.zeroTerminalSnr=true --out FOLDER/new",
                "1 sample FACES --steps 5",
                "1 sample --like FOLDER/data/classes.txt",
                "1 reconstruct RUN --images FOLDER/data/pictures.npy",
                "1 reconstruct FACES --images FOLDER/data/labels.npy",
                "1 decode FACES --latents FOLDER/data/labels.npy",
                "1 walk FACES --dimension 6",
                "2 walk FACES --dimension 0 --count 2000000000",
                "2 interpolate FACES --seeds 1 2 --count 2000000000",
                "1 describe sprites --input 3x30",
                "2 describe RUN --set model.width=9",
                "2 encode FACES --images a.png --skip-damaged --out z.npy",
                "1 compare FACES RUN",
            })
    void failuresExitWithTheirCodeAndASentence(String words) {
        String line = words.substring(2)
                .replace("FOLDER", folder.toString())
                .replace("RUN", sprites.toString())
                .replace("FACES", faces.toString());
        Terminal failed = Terminal.run((Object[]) line.split(" "));
        assertThat(failed.exit()).as(failed.out() + failed.err()).isEqualTo(words.charAt(0) - '0');
        assertThat(failed.err().lines().filter(said -> said.startsWith("inkstone: ")))
                .hasSize(1);
        assertThat(failed.err()).doesNotContain("\tat ").doesNotContain("say --stacktrace");
        assertThat(folder.resolve("new")).doesNotExist();
        assertThat(folder.resolve("data/recipe.yaml")).doesNotExist();
    }
}
