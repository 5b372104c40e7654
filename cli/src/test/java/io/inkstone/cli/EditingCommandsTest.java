package io.inkstone.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.inkstone.array.NdArray;
import io.inkstone.array.Npy;
import io.inkstone.image.PictureFile;
import io.inkstone.image.Pixels;
import io.inkstone.image.PngText;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Pictures changed by noise, on a network that has hardly learnt: what is promised of any. */
class EditingCommandsTest {
    @TempDir
    static Path folder;

    private static Path run;
    private static Path face;

    @BeforeAll
    static void train() throws IOException {
        run = folder.resolve("run");
        TinyRuns.train(
                "sprites",
                "avatars",
                run,
                "model.width=8",
                "diffusion.steps=10",
                "train.batch=500",
                "preview.count=1",
                "preview.steps=1");
        face = TinyRuns.face(folder);
        Pixels mask = Pixels.filled(16, 16, 0);
        for (int i = 0; i < 16 * 8 * 3; i++) {
            mask.data()[i] = (byte) 255;
        }
        PictureFile.write(folder.resolve("upper.png"), mask);
        Npy.write(folder.resolve("row.npy"), NdArray.of(new float[5], 5));
        PictureFile.write(folder.resolve("black.png"), Pixels.filled(16, 16, 0));
        PictureFile.write(folder.resolve("small.png"), Pixels.filled(8, 16, 0xFFFFFF));
    }

    @Test
    void strengthZeroGivesThePictureBackAndOneIgnoresIt() throws IOException {
        Path back = folder.resolve("back.npy");
        Terminal.run("edit", run, "--images", face, "--strength", 0, "--out", back)
                .succeeded();
        NdArray same = Npy.read(back);
        assertThat(same.shape()).containsExactly(1, 3, 16, 16);
        assertThat(same.toFloats()[3]).isCloseTo((PictureFile.read(face).at(3, 0, 0) - 127.5f) / 127.5f, within(1e-6f));
        Path one = folder.resolve("one.npy");
        Path drawn = folder.resolve("drawn.npy");
        Terminal.run("edit", run, "--images", face, "--strength", 1, "--seed", 4, "--labels", "hat", "--out", one)
                .succeeded();
        Terminal.run("sample", run, "--seed", 4, "--labels", "hat", "--out", drawn)
                .succeeded();
        assertThat(one).hasSameBinaryContentAs(drawn);
    }

    @Test
    void inpaintingKeepsWhatIsDark() throws IOException {
        Path out = folder.resolve("filled.npy");
        Terminal.run(
                        "inpaint",
                        run,
                        "--images",
                        face,
                        "--mask",
                        folder.resolve("upper.png"),
                        "--rounds",
                        2,
                        "--labels",
                        "0",
                        "--out",
                        out)
                .succeeded();
        float[] filled = Npy.read(out).toFloats();
        Path back = folder.resolve("kept.npy");
        Terminal.run("edit", run, "--images", face, "--strength", 0, "--out", back)
                .succeeded();
        float[] before = Npy.read(back).toFloats();
        int changed = 0;
        for (int i = 0; i < filled.length; i++) {
            if (i / 16 % 16 < 8) {
                changed += filled[i] == before[i] ? 0 : 1;
            } else {
                assertThat(filled[i]).isEqualTo(before[i]);
            }
        }
        assertThat(changed).isGreaterThan(300);
    }

    /** Input beside output at four times 16 pixels, with words, and what made it in the file. */
    @Test
    void sheetsShowBothAndSayHow() {
        Path sheet = folder.resolve("sheet.png");
        Terminal.run("edit", run, "--images", face, face, "--strength", 0.5, "--steps", 4, "--out", sheet)
                .succeeded();
        assertThat(PictureFile.read(sheet).width()).isGreaterThan(2 * 64);
        assertThat(PictureFile.read(sheet).height()).isGreaterThan(2 * 64);
        assertThat(PngText.read(sheet).get("inkstone.edit"))
                .contains("\"command\":\"edit\"", "\"strength\":0.5", "\"steps\":4", "\"hash\":", "face.png");
        Path varied = folder.resolve("varied.png");
        Terminal.run("variations", run, "--images", face, "--count", 3, "--strength", 0.3, "--out", varied)
                .succeeded();
        assertThat(PngText.read(varied).get("inkstone.edit")).contains("\"command\":\"variations\"", "\"count\":3");
        Path way = folder.resolve("way.png");
        Terminal.run("interpolate", run, "--seeds", 1, 2, "--spherical", "--count", 3, "--labels", "hat", "--out", way)
                .succeeded();
        assertThat(PngText.read(way).get("inkstone.edit"))
                .contains("\"command\":\"interpolate\"", "\"seeds\":[1,2]", "\"labels\":\"hat\"");
        Path hole = folder.resolve("hole.png");
        Terminal.run(
                        "inpaint",
                        run,
                        "--images",
                        face,
                        "--mask",
                        folder.resolve("upper.png"),
                        "--steps",
                        3,
                        "--out",
                        hole)
                .succeeded();
        assertThat(PictureFile.read(hole).height()).isGreaterThan(3 * 64);
    }

    @Test
    void variationsDifferBySeed() throws IOException {
        Path out = folder.resolve("varied.npy");
        Terminal.run("variations", run, "--images", face, "--count", 3, "--steps", 5, "--out", out)
                .succeeded();
        NdArray three = Npy.read(out);
        assertThat(three.shape()).containsExactly(3, 3, 16, 16);
        assertThat(three.rows(0, 1)).isNotEqualTo(three.rows(1, 1));
    }

    @Test
    void variationsOfItsOwnNoiseBeginAtThePicture() throws IOException {
        Path out = folder.resolve("turned.npy");
        Terminal.run("variations", run, "--images", face, "--count", 2, "--invert", "--strength", 0.2, "--out", out)
                .succeeded();
        NdArray two = Npy.read(out);
        assertThat(two.shape()).containsExactly(2, 3, 16, 16);
        assertThat(two.rows(0, 1)).isNotEqualTo(two.rows(1, 1));
        // Another name of the same way.
        Path named = folder.resolve("named.npy");
        Terminal.run(
                        "variations",
                        run,
                        "--images",
                        face,
                        "--count",
                        2,
                        "--invert",
                        "--strength",
                        0.2,
                        "--sampler",
                        "euler",
                        "--out",
                        named)
                .succeeded();
        assertThat(named).hasSameBinaryContentAs(out);
    }

    /** The ends are what sample draws with these contexts from the one seed. */
    @Test
    void goesFromOneContextToAnother() throws IOException {
        NdArray three = drawn("interpolate", "--context", "hat=1", "--to", "1", "--count", 3);
        assertThat(three.shape()).containsExactly(3, 3, 16, 16);
        // Batches of other sizes round differently.
        assertThat(three.rows(0, 1).toFloats())
                .containsExactly(
                        drawn("sample", "--context", "hat=1", "--count", 1).toFloats(), within(1e-4f));
        assertThat(three.rows(2, 1).toFloats())
                .containsExactly(drawn("sample", "--labels", "1").toFloats(), within(1e-4f));
        assertThat(three.rows(1, 1)).isNotEqualTo(three.rows(0, 1)).isNotEqualTo(three.rows(2, 1));
        assertThat(three.rows(0, 1)).isNotEqualTo(three.rows(2, 1));
    }

    private static NdArray drawn(String command, Object... more) throws IOException {
        Path out = folder.resolve(command + ".npy");
        List<Object> line = new ArrayList<>(List.of(command, run));
        line.addAll(List.of(more));
        line.addAll(List.of("--seed", 9, "--precision", "float32", "--out", out));
        Terminal.run(line.toArray()).succeeded();
        return Npy.read(out);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "2 | edit RUN --images FACE --strength 1.5 | lies in 0 (the picture itself) to 1 (nothing of it), got 1.5",
                "2 | edit RUN --images FACE | --add",
                "2 | edit RUN --images FACE --strength 0.5 --add a=1 | mutually exclusive",
                "1 | edit RUN --images FACE --add hat=1 | has no encoder",
                "1 | edit RUN --images FOLDER/none.png --strength 0.5 | none.png",
                "1 | edit RUN --images FACE --strength 0.5 --steps 11 | 11",
                "2 | edit RUN --images FACE --strength 0.5 --sampler eular | Did you mean euler?",
                "1 | inpaint RUN --images FOLDER/row.npy --mask FACE | pictures [N, C, H, W]",
                "1 | edit RUN --images FACE --strength 0.5 --labels hut | There is no class 'hut'. Did you mean hat?",
                "1 | inpaint RUN --images FACE --mask FOLDER/small.png | is 8×16, but FOLDER/face.png is 16×16",
                "1 | inpaint RUN --images FACE --mask FOLDER/black.png | nothing bright",
                "1 | inpaint RUN --images FACE --mask FOLDER/none.png | none.png",
                "2 | inpaint RUN --images FACE --mask FACE --rounds 0 | rounds must be 1 or more, got 0 (--rounds).",
                "2 | variations RUN --images FACE --count 0 | count must be 1 or more, got 0 (--count).",
                "2 | variations RUN --images FACE --strength=-1 | got -1",
                "2 | variations RUN --images FACE --invert --sampler heun | leave out sampler and eta (--sampler, --eta).",
                "2 | variations RUN --images FACE --invert --eta 0.5 | leave out sampler and eta (--sampler, --eta).",
                "2 | inpaint RUN --images FACE --mask FACE --sampler unipc | and unipc goes by the steps before it",
                "2 | edit RUN --images FACE --strength 0.5 --guidance 3 | Guidance leads towards what is asked for by labels",
                "2 | edit RUN --images FACE --strength 0.5 --guidance-interval 3 | there is none: choose a weight",
                "2 | edit RUN --images FACE --strength 0.5 --clamp --threshold 0.9 | choose one",
                "1 | edit RUN --images FACE --strength 0.5 --labels hat --negative 0 | acts through guidance",
                "2 | edit RUN --images FACE --add hat=1 --guidance-rescale 1 --steps 3 | leave out --guidance-rescale, --steps.",
                "2 | edit RUN --images FACE --add hat=1 --labels hat --seed 3 --no-clamp | leave out --labels, --no-clamp, --seed.",
                "2 | edit RUN --images FACE --strength 0.5 --data FOLDER/none | --data is for --add",
                "1 | interpolate RUN --seeds 1 2 --sampler heun --eta 0.5 | η belongs to DDIM",
                "2 | interpolate RUN --seeds 1 2 --sampler eular | Did you mean euler?",
                "2 | interpolate RUN --seeds 1 2 --guidance 2 | Guidance leads towards",
                "2 | interpolate RUN --to hat | A way to a context begins at another",
                "2 | interpolate RUN --to hat --seeds 1 2 | mutually exclusive",
                "2 | interpolate RUN --to hat --labels 0,1 | A way leads from one context to another: give one class, got 2 (--labels",
                "2 | variations RUN --images FACE --count 3 --invert --labels 0,1,1 | give one class, got 3 (--labels",
            })
    void wrongWordsAreSentences(int exit, String line, String sentence) {
        String[] words = line.strip()
                .replace("RUN", run.toString())
                .replace("FACE", face.toString())
                .replace("FOLDER", folder.toString())
                .split(" ");
        Path out = folder.resolve("nothing.png");
        Object[] all = new Object[words.length + 2];
        System.arraycopy(words, 0, all, 0, words.length);
        all[words.length] = "--out";
        all[words.length + 1] = out;
        Terminal.run(all).failed(exit, sentence.replace("FOLDER", folder.toString()));
        assertThat(out).doesNotExist();
    }
}
